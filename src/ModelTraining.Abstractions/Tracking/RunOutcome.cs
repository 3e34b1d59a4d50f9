namespace ModelTraining;

/// <summary>How far a tracked run has come.</summary>
public enum RunOutcome
{
    /// <summary>It has not ended; or its process has, without a word.</summary>
    Running,

    /// <summary>It went to its end.</summary>
    Completed,

    /// <summary>It was cancelled; where there was a model already, the best one so far is kept.</summary>
    Cancelled,

    /// <summary>It failed.</summary>
    Failed,
}
