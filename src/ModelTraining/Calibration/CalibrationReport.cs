namespace ModelTraining;

/// <summary>How a model's probabilities were calibrated: <c>run.Report&lt;CalibrationReport&gt;()</c>.</summary>
/// <param name="Method">The method.</param>
/// <param name="ValidationRows">The number of rows that it was fitted on: the validation part.</param>
/// <param name="StoppedTraining">Whether the same rows also decided when training stopped.</param>
/// <param name="Description">What was fitted, in a few words.</param>
public sealed record CalibrationReport(CalibrationMethod Method, int ValidationRows, bool StoppedTraining, string Description)
{
    /// <summary>One sentence or two.</summary>
    public override string ToString() =>
        $"{Method}, fitted on {ReportNumber.Count(ValidationRows, "validation row")}: {Description}.{(StoppedTraining ? " The same rows decided when training stopped; the test rows took no part in either." : "")}";
}
