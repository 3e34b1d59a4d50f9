namespace ModelTraining;

/// <summary>How far a trial is.</summary>
public enum TrialState
{
    /// <summary>A worker is at it.</summary>
    Running,

    /// <summary>Its worker gave it back, or died; the next one to ask takes it.</summary>
    Waiting,

    /// <summary>It has its values.</summary>
    Complete,

    /// <summary>It was given up early, as not worth going on.</summary>
    Pruned,

    /// <summary>It has no value; <see cref="TrialRecord.Reason"/> says why.</summary>
    Failed,

    /// <summary>It was not begun, since it could not have ended well: it would not have fitted into memory. <see cref="TrialRecord.Reason"/> says why; samplers do not go by it.</summary>
    Skipped,
}
