namespace ModelTraining;

/// <summary>Which threshold was chosen, and why: <c>run.Report&lt;ThresholdReport&gt;()</c>.</summary>
/// <param name="Threshold">The least probability of the positive class at which it is predicted.</param>
/// <param name="By">What it was chosen by: a metric's key, or cost per row.</param>
/// <param name="Score">That at the threshold, on the validation part.</param>
/// <param name="ScoreAtHalf">That at 0.5, on the validation part.</param>
/// <param name="Precision">The precision at the threshold, on the validation part.</param>
/// <param name="Recall">The recall at the threshold, on the validation part.</param>
/// <param name="ValidationRows">The number of rows that it was chosen on: the validation part.</param>
public sealed record ThresholdReport(float Threshold, string By, double Score, double ScoreAtHalf, double Precision, double Recall, int ValidationRows)
{
    internal string PositiveClass { get; init; } = "";

    internal IReadOnlyList<ThresholdCandidate> Candidates { get; init; } = [];

    internal string? Stated { get; init; }

    /// <summary>Two sentences.</summary>
    public override string ToString()
    {
        var best = By.StartsWith("cost", StringComparison.Ordinal) ? $"least {By}" : $"best {By}";
        return $"A row is called '{PositiveClass}' from a probability of {ReportNumber.Short(Threshold)} on: the {best}{(Stated is null ? "" : $" with {Stated}")} on {ReportNumber.Count(ValidationRows, "validation row")}. " +
            $"There it is {ReportNumber.Short(Score)}, at 0.5 it would be {ReportNumber.Short(ScoreAtHalf)}; precision is {ReportNumber.Short(Precision)}, recall {ReportNumber.Short(Recall)}.";
    }
}
