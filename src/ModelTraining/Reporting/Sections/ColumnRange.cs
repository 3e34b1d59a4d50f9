namespace ModelTraining;

/// <summary>What values a column has, in a few words.</summary>
internal static class ColumnRange
{
    public static string Of(Column column)
    {
        switch (column)
        {
            case TextColumn text: return ReportNumber.Count(text.Categories.Length) + " different";
            case TensorColumn: return "tensors";
            case BooleanColumn: return "true, false";
            case DateTimeColumn dates: return Dates(dates);
            default:
                var values = new float[column.Count];
                column.CopyTo(values);
                return Numbers(values);
        }
    }

    private static string Numbers(ReadOnlySpan<float> values)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in values)
        {
            if (float.IsNaN(value)) continue;
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return low > high ? ReportNumber.None : $"{ReportNumber.Short(low)} to {ReportNumber.Short(high)}";
    }

    private static string Dates(DateTimeColumn column)
    {
        var (low, high) = (DateTime.MaxValue, DateTime.MinValue);
        for (var row = 0; row < column.Count; row++)
        {
            if (column[row] is not DateTime date) continue;
            if (date < low) low = date;
            if (date > high) high = date;
        }

        return low > high ? ReportNumber.None : $"{Shown.Of(low)} to {Shown.Of(high)}";
    }
}
