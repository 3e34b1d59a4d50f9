namespace ModelTraining;

/// <summary>What is done about a column that all but equals the label.</summary>
public enum LeakAction
{
    /// <summary>It is warned of, and stays.</summary>
    Report,

    /// <summary>It is warned of, and left out.</summary>
    Drop,

    /// <summary>The run ends with an error.</summary>
    Error,
}
