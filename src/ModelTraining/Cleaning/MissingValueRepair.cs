namespace ModelTraining;

/// <summary>Treats missing values as the options say, column by column, with what the training rows have.</summary>
internal sealed class MissingValueRepair(CleanOptions options, CleanLedger ledger) : ITransform
{
    private const int MostExamples = 2;

    public string Name => "Missing values";

    /// <exception cref="ModelTrainingException">MT2204: a column's treatment does not fit its type.</exception>
    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        var findings = new List<CleanFinding>();
        var fills = new List<(string Column, MissingValues Rule)>();
        var dropped = new List<string>();
        var indicators = new List<(string Column, string Indicator)>();
        foreach (var info in training.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type != ColumnType.Tensor))
        {
            var rule = RuleOf(info);
            var column = training.Column(info.Name);
            var missing = column.MissingCount;
            if (rule.Indicator && missing > 0) indicators.Add((info.Name, names.Take(info.Name + "_missing")));
            if (rule.Method == MissingMethod.Drop) dropped.Add(info.Name);
            else if (rule.Method != MissingMethod.Auto) fills.Add((info.Name, rule));
            if (missing > 0) findings.Add(new CleanFinding(CleanStep.Missing, info.Name, missing, training.RowCount, Done(rule, info.Type, context.Needs)) { Examples = Examples(training, column, rule) });
        }

        var imputation = (FittedImputation)new Imputation(fills).Fit(training, context);
        var filled = imputation.Fills.ToDictionary(fill => fill.Column, fill => fill.Value);
        ledger.Set(CleanStep.Missing, findings.Select(finding => filled.TryGetValue(finding.Column!, out var value) ? Filled(finding, value) : finding), context.Warn);
        return new FittedMissingValues(indicators, dropped, imputation);
    }

    private MissingValues RuleOf(ColumnInfo column)
    {
        if (!options.MissingByColumn.TryGetValue(column.Name, out var rule)) return options.Missing.For(column.Type);
        return rule.FitsType(column.Type) ? rule : throw new ModelTrainingException("MT2204", $"Missing values of column '{column.Name}', which is of type {column.Type}, cannot be treated by {rule}. Choose another treatment in '{nameof(CleanOptions.MissingByColumn)}'.");
    }

    private static string Done(MissingValues rule, ColumnType type, TrainerNeeds needs) => rule.Method switch
    {
        MissingMethod.Drop => "training rows lack it and are not learned from",
        MissingMethod.Auto when needs.HandlesMissing => "training rows lack it; left to the trainer",
        MissingMethod.Auto when type == ColumnType.Text => "training rows lack it; none of its categories",
        MissingMethod.Auto => "training rows lack it; filled with the median, or the most frequent value",
        _ => "training rows lack it; filled with",
    };

    private static CleanFinding Filled(CleanFinding finding, string value) =>
        finding with { What = $"{finding.What} {value}", Examples = [.. finding.Examples.Select(example => example with { After = value })] };

    private static List<CleanExample> Examples(TableView training, Column column, MissingValues rule)
    {
        var examples = new List<CleanExample>();
        if (rule.Method == MissingMethod.Auto) return examples;
        for (var row = 0; row < column.Count && examples.Count < MostExamples; row++) if (column.IsMissing(row)) examples.Add(new CleanExample(training.Origin(row) + 1, "missing", "row left out"));
        return examples;
    }
}
