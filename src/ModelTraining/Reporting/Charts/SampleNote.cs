namespace ModelTraining;

/// <summary>Says which rows a picture shows.</summary>
internal static class SampleNote
{
    public static string Of(Evaluation evaluation) => evaluation.Sample.Count == evaluation.RowCount
        ? $"Shown are all {ReportNumber.Count(evaluation.RowCount, "test row")}."
        : $"Shown are {ReportNumber.Count(evaluation.Sample.Count)} of {ReportNumber.Count(evaluation.RowCount)} test rows, evenly spread.";
}
