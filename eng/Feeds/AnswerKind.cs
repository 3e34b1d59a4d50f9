namespace Eng.Feeds;

internal enum AnswerKind
{
    Has,

    /// <summary>Only a higher version, which is what restore takes when the exact one is nowhere.</summary>
    HasHigher,

    Lacks,

    /// <summary>We cannot ask, but restore may: the source wants credentials or speaks an older protocol.</summary>
    Closed,

    /// <summary>Nobody is there, so restore will not get an answer either.</summary>
    Silent,
}
