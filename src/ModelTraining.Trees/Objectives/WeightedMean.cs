namespace ModelTraining;

/// <summary>The mean of values that count by weight.</summary>
internal static class WeightedMean
{
    public static double Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        var (sum, total) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++) (sum, total) = (sum + ((double)weights[i] * values[i]), total + weights[i]);
        return sum / total;
    }
}
