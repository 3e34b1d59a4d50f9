namespace ModelTraining;

/// <summary>Mean and standard deviation, NaN left out.</summary>
internal static class Moments
{
    /// <summary>Mean and standard deviation of the values themselves (divided by their number, not by one less); NaN when there are none. Two passes in double.</summary>
    public static (double Mean, double Deviation) Of(ReadOnlySpan<float> values)
    {
        var count = 0;
        var sum = 0.0;
        foreach (var value in values)
        {
            if (float.IsNaN(value)) continue;
            sum += value;
            count++;
        }

        var mean = sum / count;
        var squares = 0.0;
        foreach (var value in values) if (!float.IsNaN(value)) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / count));
    }
}
