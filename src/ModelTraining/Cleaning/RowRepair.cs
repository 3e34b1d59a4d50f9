using System.Globalization;

namespace ModelTraining;

/// <summary>Drops rows without a label and rows that are there already, and looks for rows that contradict each other.</summary>
internal sealed class RowRepair(CleanOptions options, CleanLedger ledger, Action<string> warn)
{
    /// <summary>Where more of the rows than this are equal to another, they may well be different cases that happen to agree.</summary>
    private const double ManyDuplicates = 0.3;

    private const int MostExamples = 3;

    /// <exception cref="ModelTrainingException">MT2201: no row is left.</exception>
    public Table Apply(Table table)
    {
        var before = table.RowCount;
        if (options.DropRowsWithoutLabel && table.Label is { MissingCount: > 0 } label) table = WithoutMissing(table, label);
        if (table.RowCount == 0) throw new ModelTrainingException("MT2201", before == 0 ? "The data has no rows. Check the source." : $"None of {before} rows is left: the label '{table.Schema.Label?.Name}' is missing in all of them. Name the right column as the label.");
        var features = table.WithRole(ColumnRole.Feature).ToArray();
        if (features.Length == 0) return table;

        // Hashed once: rows that are equal altogether, and rows that contradict each other, have equal features.
        Column groups = Groups(RowGroups.FirstEqual(features, table.RowCount));
        if (options.Duplicates != DuplicateRows.Keep) (table, groups) = WithoutDuplicates(table, groups);
        if (table.Label is not null) Contradictions(table, groups);
        return table;
    }

    private Table WithoutMissing(Table table, Column label)
    {
        var kept = Rows(table, row => !label.IsMissing(row));
        ledger.Set(CleanStep.NoLabel, [new CleanFinding(CleanStep.NoLabel, label.Name, table.RowCount - kept.Length, table.RowCount, "rows dropped")], warn);
        return table.Take(kept);
    }

    private (Table Table, Column Groups) WithoutDuplicates(Table table, Column groups)
    {
        var first = RowGroups.FirstEqual([groups, .. table.WithRole(ColumnRole.Label), .. table.WithRole(ColumnRole.Weight)], table.RowCount);
        var kept = Rows(table, row => first[row] == row);
        var count = table.RowCount - kept.Length;
        if (count == 0) return (table, groups);

        var examples = Enumerable.Range(0, table.RowCount).Where(row => first[row] != row).Take(MostExamples)
            .Select(row => new CleanExample(table.Origin(row) + 1, string.Create(CultureInfo.InvariantCulture, $"as row {table.Origin(first[row]) + 1}"), options.Duplicates == DuplicateRows.Drop ? "dropped" : "kept")).ToList();
        var finding = new CleanFinding(CleanStep.Duplicate, null, count, table.RowCount, options.Duplicates == DuplicateRows.Drop ? "rows dropped, the first of equal ones stays" : "rows are there already; they stay")
        {
            Examples = examples,
            Warning = options.Duplicates == DuplicateRows.Drop && count > table.RowCount * ManyDuplicates
                ? string.Create(CultureInfo.InvariantCulture, $"{count} of {table.RowCount} rows were dropped as duplicates. If they are different cases that happen to be equal, set '{nameof(CleanOptions.Duplicates)}' to {nameof(DuplicateRows.Report)}.")
                : null,
        };
        ledger.Set(CleanStep.Duplicate, [finding], warn);
        return options.Duplicates == DuplicateRows.Drop ? (table.Take(kept), groups.Take(kept)) : (table, groups);
    }

    private void Contradictions(Table table, Column groups)
    {
        var label = table.Label!;
        var first = RowGroups.FirstEqual([groups], table.RowCount);
        var labels = RowGroups.FirstEqual([label], table.RowCount);
        var contradicted = new bool[table.RowCount];
        for (var row = 0; row < first.Length; row++) if (labels[row] != labels[first[row]]) contradicted[first[row]] = true;
        var examples = new List<CleanExample>();
        var (count, pair) = (0, -1);
        for (var row = 0; row < first.Length; row++)
        {
            if (!contradicted[first[row]]) continue;
            count++;
            if (labels[row] != labels[first[row]] && examples.Count < MostExamples)
            {
                if (pair < 0) pair = row;
                examples.Add(new CleanExample(table.Origin(row) + 1, FormattableString.Invariant($"as row {table.Origin(first[row]) + 1}, which is '{Shown.Of(label[first[row]])}'"), $"'{Shown.Of(label[row])}'"));
            }
        }

        if (count == 0) return;
        var finding = new CleanFinding(CleanStep.Contradiction, null, count, table.RowCount, "rows have features like another row and a different label; they stay")
        {
            Examples = examples,
            Warning = label.Type == ColumnType.Number ? null : string.Create(CultureInfo.InvariantCulture, $"{count} of {table.RowCount} rows have the same features as another row and a different '{label.Name}', for example rows {table.Origin(first[pair]) + 1} and {table.Origin(pair) + 1}. No model can get all of them right; check the labels."),
        };
        ledger.Set(CleanStep.Contradiction, [finding], warn);
    }

    private static IntegerColumn Groups(int[] first)
    {
        var groups = new long[first.Length];
        for (var row = 0; row < groups.Length; row++) groups[row] = first[row];
        return new IntegerColumn("group", groups);
    }

    private static int[] Rows(Table table, Func<int, bool> keep)
    {
        var kept = new List<int>(table.RowCount);
        for (var row = 0; row < table.RowCount; row++) if (keep(row)) kept.Add(row);
        return [.. kept];
    }
}
