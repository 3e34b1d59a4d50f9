namespace ModelTraining.Tests.Data;

/// <summary>Reads sources in tests.</summary>
internal static class Reading
{
    public static async Task<Table> Of(IDataSource source) => (await WithRepairs(source)).Table;

    public static Task<Table> Csv(string text, Func<CsvOptions, CsvOptions>? configure = null) => Of(ModelTraining.Csv.Text(text, configure: configure));

    public static async Task<(Table Table, IReadOnlyList<string> Repairs)> WithRepairs(IDataSource source)
    {
        var context = new SourceContext();
        var table = await source.ReadAsync(context, CancellationToken.None);
        return (table, context.Repairs);
    }

    public static ModelTrainingException Fails(IDataSource source) =>
        Assert.ThrowsAsync<ModelTrainingException>(async () => await source.ReadAsync(new SourceContext(), CancellationToken.None))!;

    /// <summary>The values of a column as objects.</summary>
    public static object?[] Values(this Table table, string column)
    {
        var values = new object?[table.RowCount];
        for (var row = 0; row < values.Length; row++) values[row] = table[column][row];
        return values;
    }

    /// <summary>"name:Type name:Type …".</summary>
    public static string Types(this Table table) => string.Join(' ', table.Schema.Select(column => $"{column.Name}:{column.Type}"));
}
