namespace ModelTraining;

/// <summary>What a number is brought to mean 0 and deviation 1 by, from the training rows alone.</summary>
/// <param name="Mean">The weighted mean.</param>
/// <param name="Deviation">The weighted deviation; 1 for a constant.</param>
internal sealed record TargetScale(double Mean, double Deviation)
{
    public static TargetScale Of(TrainingData data)
    {
        var (weights, sum) = (0.0, 0.0);
        foreach (var row in data.TrainingRows.Span)
        {
            var weight = data.Weights.IsEmpty ? 1 : data.Weights[row];
            (weights, sum) = (weights + weight, sum + (weight * data.Target.Values[row]));
        }

        var (mean, squares) = (sum / weights, 0.0);
        foreach (var row in data.TrainingRows.Span) squares += (data.Weights.IsEmpty ? 1 : data.Weights[row]) * Math.Pow(data.Target.Values[row] - mean, 2);
        var deviation = Math.Sqrt(squares / weights);
        return new TargetScale(mean, deviation > 0 ? deviation : 1);
    }
}
