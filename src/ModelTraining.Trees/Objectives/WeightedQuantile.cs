namespace ModelTraining;

/// <summary>Quantiles of values that count by weight, by partial sorting (Hoare, "Algorithm 65: find", 1961).</summary>
internal static class WeightedQuantile
{
    /// <summary>
    /// The least value at and below which a share of all weight lies; the middle between it and the next where it is exactly that share, as of the median of
    /// an even number of rows.
    /// </summary>
    /// <param name="values">At least one, none NaN; put into another order.</param>
    /// <param name="weights">One a value, and moved with it; empty where all are 1.</param>
    /// <param name="share">In (0, 1).</param>
    public static double Of(Span<float> values, Span<float> weights, double share)
    {
        var sought = share * Sum(weights, values.Length);
        var (first, end, above) = (0, values.Length, float.PositiveInfinity);
        while (true)
        {
            var pivot = Middle(values[first], values[first + ((end - first) / 2)], values[end - 1]);
            var (less, more) = Partition(values, weights, first, end, pivot);
            var below = Sum(weights.IsEmpty ? weights : weights[first..less], less - first);
            if (sought <= below && less > first)
            {
                (end, above) = (less, pivot);
                continue;
            }

            var upTo = below + Sum(weights.IsEmpty ? weights : weights[less..more], more - less);
            if (sought > upTo && more < end)
            {
                (first, sought) = (more, sought - upTo);
                continue;
            }

            if (sought != upTo) return pivot;
            for (var i = more; i < end; i++) above = Math.Min(above, values[i]);
            return float.IsFinite(above) ? ((double)pivot + above) / 2 : pivot;
        }
    }

    private static double Sum(ReadOnlySpan<float> weights, int count)
    {
        if (weights.IsEmpty) return count;
        var sum = 0.0;
        foreach (var weight in weights) sum += weight;
        return sum;
    }

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    /// <summary>Puts what is less than the pivot first and what is more last; says where what is equal begins and ends.</summary>
    private static (int Less, int More) Partition(Span<float> values, Span<float> weights, int first, int end, float pivot)
    {
        var (less, next, more) = (first, first, end);
        while (next < more)
        {
            var value = values[next];
            if (value == pivot)
            {
                next++;
                continue;
            }

            var other = value < pivot ? less++ : --more;
            (values[next], values[other]) = (values[other], value);
            if (!weights.IsEmpty) (weights[next], weights[other]) = (weights[other], weights[next]);
            if (value < pivot) next++;
        }

        return (less, more);
    }
}
