namespace Eng.Feeds;

/// <summary>Where a package was found, or why not.</summary>
internal sealed record Finding(WantedPackage Package, FindingKind Kind, string Text)
{
    /// <summary>A required package is left to restore, whose error then says more than we know.</summary>
    public bool IsLeftOut => Package.Optional && Kind is (FindingKind.Missing or FindingKind.Unanswered);
}
