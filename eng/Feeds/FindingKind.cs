namespace Eng.Feeds;

internal enum FindingKind
{
    Found,

    /// <summary>By us, in this run.</summary>
    Made,

    /// <summary>In a higher version only.</summary>
    Higher,

    /// <summary>We could not ask every source; restore may be able to.</summary>
    Unknown,

    /// <summary>A source that may have it is out of reach.</summary>
    Unanswered,

    Missing,
}
