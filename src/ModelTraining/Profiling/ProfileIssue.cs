namespace ModelTraining;

/// <summary>What deserves a look in a <see cref="DataProfile"/>.</summary>
public enum ProfileIssue
{
    /// <summary>A column has no value, or in at least half of the rows none.</summary>
    MostlyMissing,

    /// <summary>A column has one value only.</summary>
    Constant,

    /// <summary>A column numbers or names the rows.</summary>
    IdLike,

    /// <summary>A column all but equals the label.</summary>
    Leak,

    /// <summary>Text of very many categories.</summary>
    HighCardinality,

    /// <summary>Numbers far off on one side.</summary>
    Skewed,

    /// <summary>Numbers that are infinite.</summary>
    Infinite,

    /// <summary>Dates that are not read as such.</summary>
    DatesAsText,

    /// <summary>Numbers that are not read as such.</summary>
    NumbersAsText,

    /// <summary>A class of the label is rare.</summary>
    Imbalanced,

    /// <summary>Two columns tell nearly the same.</summary>
    Redundant,

    /// <summary>Columns lack their values in the same rows.</summary>
    MissingTogether,

    /// <summary>Rows are there already.</summary>
    DuplicateRows,
}
