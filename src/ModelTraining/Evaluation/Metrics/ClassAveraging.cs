namespace ModelTraining;

/// <summary>How the figures of several classes become one.</summary>
internal enum ClassAveraging
{
    /// <summary>The figure of the positive class of two.</summary>
    Positive,

    /// <summary>The mean over the classes that occur, as truth or as prediction.</summary>
    Macro,

    /// <summary>The figure of all rows counted together.</summary>
    Micro,

    /// <summary>The mean over the classes, each weighted by its rows.</summary>
    Weighted,
}
