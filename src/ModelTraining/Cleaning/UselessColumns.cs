namespace ModelTraining;

/// <summary>Finds features that cannot help: the same in all training rows, missing in all, or a number or name of the row. They are left out.</summary>
internal sealed class UselessColumns(CleanOptions options, CleanLedger ledger) : ITransform
{
    /// <summary>Numbers that count rows have few gaps: those of the rows that are not in the training part, and of duplicates.</summary>
    private const int MostGaps = 3;

    public string Name => "Columns that cannot help";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var columns = training.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type != ColumnType.Tensor).ToArray();
        var findings = new CleanFinding?[columns.Length];
        if (training.RowCount > 1) ColumnLoop.Run(columns.Length, context.Threads, i => findings[i] = Examine(training.Column(columns[i].Name)));
        var found = findings.OfType<CleanFinding>().ToList();
        var gone = options.DropUselessColumns ? found.Select(finding => finding.Column!).Where(name => !options.Keep.Contains(name)).ToList() : [];
        ledger.Set(CleanStep.UselessColumn, found.Select(finding => finding with { What = finding.What + (gone.Contains(finding.Column!) ? "; left out" : "; stays") }), context.Warn);
        return new WithoutColumns(gone, "they cannot help");
    }

    private static CleanFinding? Examine(Column column)
    {
        var rows = column.Count;
        if (column.MissingCount == rows) return new CleanFinding(CleanStep.UselessColumn, column.Name, rows, rows, "values are missing");
        if (IsConstant(column)) return new CleanFinding(CleanStep.UselessColumn, column.Name, rows, rows, $"values are '{Shown.Of(column[0])}'");
        return column switch
        {
            TextColumn text when TextProfiles.Of(text) == TextProfile.Keys => new CleanFinding(CleanStep.UselessColumn, column.Name, CategoryCounts.ByFrequency(text).Length, rows, $"values are different, as '{Shown.Of(column[0])}': they name the rows"),
            IntegerColumn integers when CountsRows(integers.Values) => new CleanFinding(CleanStep.UselessColumn, column.Name, rows, rows, "values are different and leave few gaps: they number the rows"),
            _ => null,
        };
    }

    /// <summary>Whether all values are one, a missing one being another: where a value stands and where not can tell something.</summary>
    private static bool IsConstant(Column column)
    {
        switch (column)
        {
            case NumberColumn numbers: return !numbers.Values.ContainsAnyExcept(numbers.Values[0]);
            case IntegerColumn integers: return !integers.Values.ContainsAnyExcept(integers.Values[0]);
            case BooleanColumn booleans: return !booleans.Values.ContainsAnyExcept(booleans.Values[0]);
            case TextColumn text: return !text.Codes.ContainsAnyExcept(text.Codes[0]);
            case DateTimeColumn dates: return !dates.Values.ContainsAnyExcept(dates.Values[0]);
            default: return false;
        }
    }

    /// <summary>Whether whole numbers are all there, all different and with few gaps.</summary>
    internal static bool CountsRows(ReadOnlySpan<long> values)
    {
        if (values.Length < TextProfiles.FewestRows) return false;
        var (min, max) = (long.MaxValue, long.MinValue);
        foreach (var value in values)
        {
            if (value == IntegerColumn.Missing) return false;
            (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }

        var range = (ulong)max - (ulong)min;
        if (range >= (ulong)values.Length * MostGaps) return false;
        var seen = new bool[range + 1];
        foreach (var value in values)
        {
            if (seen[value - min]) return false;
            seen[value - min] = true;
        }

        return true;
    }
}
