namespace ModelTraining.Tests.Conformance;

/// <summary>Comparisons of columns and tables that take every bit, but call all NaNs one value.</summary>
internal static class Same
{
    /// <summary>The values of a column as a graph has them.</summary>
    public static Array Values(Column column)
    {
        switch (column)
        {
            case TextColumn text: return Enumerable.Range(0, text.Count).Select(row => text.Text(row) ?? "").ToArray();
            case DateTimeColumn dates: return dates.Values.ToArray().Select(DateTimeColumn.ToUnixSeconds).ToArray();
            default:
                var numbers = new float[column.Count];
                column.CopyTo(numbers);
                return numbers;
        }
    }

    public static void Columns(Table expected, Table actual, string what)
    {
        Assert.That(actual.Schema.Select(column => column.Name), Is.EqualTo(expected.Schema.Select(column => column.Name)), what);
        foreach (var column in expected.Columns) Assert.That(Values(actual[column.Name]), Is.EqualTo(Values(column)), $"{what}: {column.Name}");
    }
}
