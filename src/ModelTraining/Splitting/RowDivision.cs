namespace ModelTraining;

/// <summary>What holds whenever rows are divided, however often: what keeps together, what is older, and whether the parts get their shares of the label.</summary>
internal sealed record RowDivision
{
    /// <summary>The verb that was told so, for messages.</summary>
    public string Verb { get; init; } = "Split";

    /// <summary>The column whose equal values keep together; null where each row is drawn for itself.</summary>
    public string? GroupBy { get; init; }

    /// <summary>The column that tells when a row was; null where time does not count.</summary>
    public string? TimeBy { get; init; }

    /// <summary>What the user says; null for the default: classes are stratified where rows are drawn.</summary>
    public bool? Stratify { get; init; }

    /// <summary>Whether rows are drawn at random, and do not keep their order.</summary>
    public bool Shuffle { get; init; } = true;

    public bool IsStratified(Target target) => TimeBy is null && (Stratify ?? (Shuffle && target.Task != LearningTask.Regression));
}
