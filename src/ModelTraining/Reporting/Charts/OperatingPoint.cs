namespace ModelTraining;

/// <summary>Where on its curves a model of two classes stands by the threshold it has, or when the more probable class is chosen.</summary>
internal readonly record struct OperatingPoint(double Recall, double FalsePositiveRate, double Precision)
{
    /// <summary>"at 0.5", or at the threshold that was chosen, once or in each fold.</summary>
    public static string Words(Evaluation evaluation) => evaluation.Rows is { Thresholds.Length: > 0 } ? "at each fold's threshold" : $"at {ReportNumber.Short(evaluation.Rows?.Threshold ?? 0.5)}";

    /// <summary>The point; null when there are not two classes. What is not defined is NaN.</summary>
    public static OperatingPoint? Of(Evaluation evaluation)
    {
        if (evaluation.ConfusionMatrix is not { Classes.Count: 2 } matrix) return null;
        var (hits, misses, alarms, rest) = (matrix[1, 1], matrix[1, 0], matrix[0, 1], matrix[0, 0]);
        return new OperatingPoint(hits / (hits + misses), alarms / (alarms + rest), hits / (hits + alarms));
    }
}
