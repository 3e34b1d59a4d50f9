namespace ModelTraining.Benchmarks;

/// <summary>Real tables, where they lie beside the repository. Every fifth row is for testing; text is a category.</summary>
internal static class RealTables
{
    private static readonly (string Name, string File, string Label, LearningTask Task)[] Known =
    [
        ("trees.adult", "adult.csv", "label(IsOver50K)", LearningTask.BinaryClassification),
        ("trees.california", "california-housing.csv", "median_house_value", LearningTask.Regression),
    ];

    public static async Task<IReadOnlyList<BoostingCase>> AllAsync()
    {
        var cases = new List<BoostingCase>();
        foreach (var (name, file, label, task) in Known)
        {
            var path = SharedTables.PathOf(file);
            if (File.Exists(path)) cases.Add(await ReadAsync(name, path, label, task));
            else Console.Error.WriteLine($"{name} is left out: there is no {path}.");
        }

        return cases;
    }

    private static async Task<BoostingCase> ReadAsync(string name, string path, string label, LearningTask task)
    {
        var table = await Csv.File(path, label).ReadAsync(new SourceContext(), CancellationToken.None);
        int[] order = [.. Enumerable.Range(0, table.RowCount).OrderBy(row => row % 5 == 0)];
        var columns = table.Columns.Where(column => column.Name != label).Select(column => Numbers(column.Take(order))).ToArray();
        var target = Numbers(table[label].Take(order)).Values;
        return new BoostingCase(name, [.. columns.Select(column => column.Feature)], [.. columns.Select(column => column.Values)], target, task, order.Count(row => row % 5 != 0), Defaults: true);
    }

    private static (FeatureInfo Feature, float[] Values) Numbers(Column column)
    {
        var values = new float[column.Count];
        if (column.Type != ColumnType.Text)
        {
            column.CopyTo(values);
            return (new FeatureInfo(column.Name), values);
        }

        var texts = Enumerable.Range(0, column.Count).Select(row => (string?)column[row]).ToArray();
        string[] known = [.. texts.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        for (var row = 0; row < texts.Length; row++) values[row] = texts[row] is { } text ? Array.IndexOf(known, text) : float.NaN;
        return (new FeatureInfo(column.Name, FeatureKind.Category, known.Length), values);
    }
}
