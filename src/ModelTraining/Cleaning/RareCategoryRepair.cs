namespace ModelTraining;

/// <summary>Finds rare categories among the training rows, column by column, and makes one of them. Columns of sentences have none unless they are named.</summary>
internal sealed class RareCategoryRepair(CleanOptions options, CleanLedger ledger) : ITransform
{
    private const int MostExamples = 3;

    public string Name => "Rare categories";

    /// <exception cref="ModelTrainingException">MT2261: a column that is named has no categories.</exception>
    public IFittedTransform Fit(TableView training, FitContext context)
    {
        foreach (var name in options.RareCategoriesByColumn.Keys)
        {
            if (training.Schema.TryGet(name, out var column) && column is { Role: ColumnRole.Feature, Type: not ColumnType.Text })
            {
                throw new ModelTrainingException("MT2261", $"Column '{name}' is of type {column.Type} and has no categories. Have it read as text, or take it out of '{nameof(CleanOptions.RareCategoriesByColumn)}'.");
            }
        }

        var columns = training.Schema.WithRole(ColumnRole.Feature).Where(feature => feature.Type == ColumnType.Text && !RuleOf(feature.Name).IsNone).ToArray();
        var groups = new FittedRareCategories.Group?[columns.Length];
        var findings = new CleanFinding?[columns.Length];
        ColumnLoop.Run(columns.Length, context.Threads, i => (groups[i], findings[i]) = Learn((TextColumn)training.Column(columns[i].Name), training));
        ledger.Set(CleanStep.RareCategory, findings.OfType<CleanFinding>(), context.Warn);
        return new FittedRareCategories([.. groups.OfType<FittedRareCategories.Group>()]);
    }

    private RareCategories RuleOf(string column) => options.RareCategoriesByColumn.GetValueOrDefault(column, options.RareCategories);

    private (FittedRareCategories.Group?, CleanFinding?) Learn(TextColumn column, TableView training)
    {
        var rule = RuleOf(column.Name);
        if (!options.RareCategoriesByColumn.ContainsKey(column.Name) && TextProfiles.Of(column) == TextProfile.Prose) return (null, null);
        var found = CategoryCounts.ByFrequency(column);
        var present = found.Sum(pair => pair.Count);
        var fewest = rule.Fewest(present);
        var rare = found.Where(pair => pair.Count < fewest && pair.Category != rule.Level).ToList();
        if (rare.Count == 0) return (null, null);

        string[] kept = [.. found.Where(pair => pair.Count >= fewest || pair.Category == rule.Level).Select(pair => pair.Category)];
        var isRare = rare.Select(pair => pair.Category).ToHashSet(StringComparer.Ordinal);
        var examples = new List<CleanExample>();
        for (var row = 0; row < column.Count && examples.Count < MostExamples; row++)
        {
            if (column.Text(row) is not { } text || !isRare.Contains(text)) continue;
            var quoted = $"'{text}'";
            if (!examples.Exists(example => example.Before == quoted)) examples.Add(new CleanExample(training.Origin(row) + 1, quoted, $"'{rule.Level}'"));
        }

        var what = FormattableString.Invariant($"training rows have one of {rare.Count} rare categories (fewer than {Math.Ceiling(fewest)} rows each), which became '{rule.Level}', as unseen ones will");
        return (new FittedRareCategories.Group(column.Name, kept, rule.Level), new CleanFinding(CleanStep.RareCategory, column.Name, rare.Sum(pair => pair.Count), column.Count, what) { Examples = examples });
    }
}
