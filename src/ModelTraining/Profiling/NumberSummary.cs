namespace ModelTraining;

/// <summary>What the numbers of a column are like; those that are missing or infinite are left out. By pandas' definitions.</summary>
public sealed record NumberSummary
{
    /// <summary>The least one.</summary>
    public required double Min { get; init; }

    /// <summary>The first quartile, interpolated between neighbours.</summary>
    public required double LowerQuartile { get; init; }

    /// <summary>The median.</summary>
    public required double Median { get; init; }

    /// <summary>The third quartile, interpolated between neighbours.</summary>
    public required double UpperQuartile { get; init; }

    /// <summary>The greatest one.</summary>
    public required double Max { get; init; }

    /// <summary>The mean.</summary>
    public required double Mean { get; init; }

    /// <summary>The standard deviation of a sample, divided by one less than the number of values; NaN of one value.</summary>
    public required double Deviation { get; init; }

    /// <summary>The adjusted coefficient of skewness, G1 (Joanes and Gill, "Comparing measures of sample skewness and kurtosis", 1998); NaN of fewer than three values.</summary>
    public required double Skewness { get; init; }

    /// <summary>The number of zeros.</summary>
    public required int Zeros { get; init; }

    /// <summary>The number of values below zero.</summary>
    public required int Negatives { get; init; }

    /// <param name="sorted">The values from least to greatest, at least one.</param>
    internal static NumberSummary Of(ReadOnlySpan<double> sorted)
    {
        var (count, sum) = ((double)sorted.Length, 0.0);
        foreach (var value in sorted) sum += value;
        var mean = sum / count;
        var (squares, cubes) = (0.0, 0.0);
        foreach (var value in sorted)
        {
            var off = value - mean;
            squares += off * off;
            cubes += off * off * off;
        }

        var (second, third) = (squares / count, cubes / count);
        var negatives = FirstAtLeast(sorted, 0);
        var skewness = count < 3 ? double.NaN : sorted[0] == sorted[^1] ? 0 : Math.Sqrt(count * (count - 1)) / (count - 2) * third / Math.Pow(second, 1.5);
        return new NumberSummary
        {
            Min = sorted[0],
            LowerQuartile = Quantile(sorted, 0.25),
            Median = Quantile(sorted, 0.5),
            UpperQuartile = Quantile(sorted, 0.75),
            Max = sorted[^1],
            Mean = mean,
            Deviation = count < 2 ? double.NaN : Math.Sqrt(squares / (count - 1)),
            Skewness = skewness,
            Negatives = negatives,
            Zeros = FirstAtLeast(sorted, double.Epsilon) - negatives,
        };
    }

    private static double Quantile(ReadOnlySpan<double> sorted, double q)
    {
        var position = q * (sorted.Length - 1);
        var below = (int)position;
        return position > below ? sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    /// <summary>The number of values that are less than <paramref name="bound"/>.</summary>
    internal static int FirstAtLeast(ReadOnlySpan<double> sorted, double bound)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < bound) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
