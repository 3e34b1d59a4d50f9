namespace ModelTraining;

/// <summary>
/// Cleans a table: what looks at one row at a time is done at once; what has to learn from rows is planned, to be fitted on the training part. All of it is
/// written into one <see cref="CleanReport"/>.
/// </summary>
internal sealed class CleanStage(CleanOptions options) : IPipelineStage, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Clean";

    /// <summary>Stages of equal options clean alike.</summary>
    public object Sameness => options;

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => options.Validate(schema);

    public ValueTask<Table> RunAsync(Table table, StageContext context, CancellationToken cancellationToken)
    {
        var ledger = new CleanLedger { RowsBefore = table.RowCount };
        context.Report(new CleanReport(ledger));
        table = Repair(table, context, ledger);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Key is { } key) table = new RecordKeyRepair(key, ledger, context.Warn).Apply(table);
        table = new RowRepair(options, ledger, context.Warn).Apply(table);
        table = new NearDuplicateRepair(options.NearDuplicates, ledger, context.Warn).Apply(table, cancellationToken);
        ledger.RowsAfter = table.RowCount;

        context.Plan(new UselessColumns(options, ledger));
        if (table.Schema.Label is not null) context.Plan(new LeakCheck(options, ledger));
        if (!options.RareCategories.IsNone || options.RareCategoriesByColumn.Count > 0) context.Plan(new RareCategoryRepair(options, ledger));
        context.Plan(new OutlierRepair(options, ledger));
        context.Plan(new MissingValueRepair(options, ledger));
        return ValueTask.FromResult(table);
    }

    private Table Repair(Table table, StageContext context, CleanLedger ledger)
    {
        if (options.Formats) table = WithoutEmptyText(table);
        var texts = table.Columns.OfType<TextColumn>().ToArray();
        var repairs = new TextRepair[texts.Length];
        ColumnLoop.Run(texts.Length, context.Threads, i => repairs[i] = new TextRepair(texts[i], table.Schema[texts[i].Name], options));

        var findings = repairs.SelectMany(repair => repair.Findings(table)).ToLookup(finding => finding.Step);
        foreach (var step in findings) ledger.Set(step.Key, step, context.Warn);

        var spellings = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        for (var i = 0; i < texts.Length; i++)
        {
            if (repairs[i].Reading is { } reading)
            {
                // What could not be read is missing in rows that are served as well.
                string[] markers = [.. table.Schema[texts[i].Name].Format.MissingMarkers, .. repairs[i].Unreadable];
                table = table.With(reading.Column).WithFormat(texts[i].Name, reading.Format with { MissingMarkers = markers });
            }

            if (repairs[i].Spellings is { Count: > 0 } changes) spellings.Add(texts[i].Name, changes);
        }

        return spellings.Count == 0 ? table : context.Repair(table, new SpellingRepair(spellings));
    }

    /// <summary>Empty text is missing text, and no finding: a graph does not know them apart.</summary>
    private static Table WithoutEmptyText(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var text in table.Columns.OfType<TextColumn>()) if (text.Categories.Contains("")) edit.Replace(text.Name, text.Map(category => category.Length == 0 ? null : category));
        return edit.Build();
    }
}
