namespace ModelTraining;

/// <summary>Where each row stands among the values of a column, for a picture that tells low ones from high ones.</summary>
internal static class ValueRanks
{
    /// <summary>Of each row 0 for the least value to 1 for the greatest, by the order of the different values; NaN where there is no order, or no value.</summary>
    public static double[] Of(Table rows, string column)
    {
        var numbers = Numbers(rows, column);
        var distinct = numbers.Where(double.IsFinite).Distinct().Order().ToArray();
        return Array.ConvertAll(numbers, number => !double.IsFinite(number) ? double.NaN : distinct.Length == 1 ? 0.5 : (double)Array.BinarySearch(distinct, number) / (distinct.Length - 1));
    }

    /// <summary>
    /// Whether SHAP values rise or fall with the values of a column: their correlation, NaN where it has no order or nothing varies.
    /// </summary>
    public static double CorrelationWith(ReadOnlySpan<double> ranks, ReadOnlySpan<double> shap)
    {
        var (count, meanRank, meanShap) = (0, 0.0, 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (double.IsNaN(ranks[i])) continue;
            count++;
            meanRank += (ranks[i] - meanRank) / count;
            meanShap += (shap[i] - meanShap) / count;
        }

        var (both, ofRanks, ofShap) = (0.0, 0.0, 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (double.IsNaN(ranks[i])) continue;
            both += (ranks[i] - meanRank) * (shap[i] - meanShap);
            ofRanks += (ranks[i] - meanRank) * (ranks[i] - meanRank);
            ofShap += (shap[i] - meanShap) * (shap[i] - meanShap);
        }

        return ofRanks > 0 && ofShap > 0 ? both / Math.Sqrt(ofRanks * ofShap) : double.NaN;
    }

    private static double[] Numbers(Table rows, string name)
    {
        var numbers = new double[rows.RowCount];
        Array.Fill(numbers, double.NaN);
        if (!rows.Schema.TryGet(name, out var info)) return numbers;
        if (rows[name] is DateTimeColumn dates)
        {
            for (var row = 0; row < numbers.Length; row++) if (!dates.IsMissing(row)) numbers[row] = dates.Values[row].Ticks;
        }
        else if (info.Type is ColumnType.Number or ColumnType.Integer or ColumnType.Boolean)
        {
            var values = new float[numbers.Length];
            rows[name].CopyTo(values);
            for (var row = 0; row < numbers.Length; row++) numbers[row] = values[row];
        }

        return numbers;
    }
}
