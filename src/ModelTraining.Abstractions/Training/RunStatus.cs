namespace ModelTraining;

/// <summary>How training ended.</summary>
public enum RunStatus
{
    /// <summary>It went through all that was asked for, or stopped early because nothing got better.</summary>
    Completed,

    /// <summary>It was cancelled; the model is the best one so far.</summary>
    Cancelled,
}
