namespace ModelTraining;

/// <summary>Looks for rows that are all but there already. As all that takes rows out, it is done to the data and stays outside the exported model, which answers every row.</summary>
internal sealed class NearDuplicateRepair(NearDuplicates wanted, CleanLedger ledger, Action<string> warn)
{
    /// <summary>Where more of the rows than this are dropped, they may well be different cases.</summary>
    private const double Many = 0.3;

    private const int MostExamples = 3;

    private readonly List<CleanFinding> _findings = [];

    public Table Apply(Table table, CancellationToken cancellationToken)
    {
        var dropped = new bool[table.RowCount];
        Column[] given = [.. table.WithRole(ColumnRole.Feature), .. table.WithRole(ColumnRole.Label), .. table.WithRole(ColumnRole.Weight)];
        Column[] forms = [.. given.Select(column => table.Schema[column.Name].Role == ColumnRole.Feature ? Form(column, table.Schema[column.Name].Format) : column)];
        if (wanted.Text && !given.SequenceEqual(forms)) InText(table, given, forms, dropped);
        if (wanted.OneColumn) InOneColumn(table, forms, dropped, cancellationToken);
        if (_findings.Count == 0) return table;
        var gone = dropped.Count(static row => row);
        if (gone > table.RowCount * Many)
        {
            _findings[0] = _findings[0] with { Warning = FormattableString.Invariant($"{gone} of {table.RowCount} rows were dropped as near-duplicates. If they are different cases that happen to be alike, leave '{nameof(NearDuplicates.Drop)}()' out of '{nameof(CleanOptions.NearDuplicates)}'.") };
        }

        ledger.Set(CleanStep.NearDuplicate, _findings, warn);
        return gone == 0 ? table : table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => !dropped[row])]);
    }

    /// <summary>Text in one form: of what differs in case and blanks only the same one. The same column where there is nothing of the kind.</summary>
    private static Column Form(Column column, TextFormat format) =>
        column is TextColumn text && text.Map(category => Blanks.OrMissing(category, format)?.ToUpperInvariant()) is var form && form.Categories.Length < text.Categories.Length ? form : column;

    private void InText(Table table, Column[] given, Column[] forms, bool[] dropped)
    {
        var (near, equal) = (RowGroups.FirstEqual(forms, table.RowCount), RowGroups.FirstEqual(given, table.RowCount));

        // Equal rows stay where they are wanted; they are no near-duplicates of each other.
        Find(table, null, near, row => equal[row] != equal[near[row]], dropped, "but for case and blanks of text", row =>
        {
            var column = given.Index().First(pair => forms[pair.Index] != pair.Item && !Equals(pair.Item[row], pair.Item[near[row]])).Item;
            return $"'{Excerpt.Of(Shown.Of(column[row]))}' in '{column.Name}'";
        });
    }

    /// <summary>
    /// A row's hash is the sum of its values', and less one of them that of the row without this column: one pass a column, whatever their number. A pass looks at the rows that are left, so
    /// that what goes is equal, but for the column, to a row that stays.
    /// </summary>
    private void InOneColumn(Table table, Column[] forms, bool[] dropped, CancellationToken cancellationToken)
    {
        var sums = new ulong[table.RowCount];
        for (var i = 0; i < forms.Length; i++)
        {
            var hashes = RowGroups.Hashes(forms[i], i);
            for (var row = 0; row < sums.Length; row++) sums[row] += hashes[row];
        }

        foreach (var (i, column) in forms.Index())
        {
            if (table.Schema[column.Name].Role != ColumnRole.Feature) continue;
            cancellationToken.ThrowIfCancellationRequested();
            var without = RowGroups.Hashes(column, i);
            for (var row = 0; row < sums.Length; row++) without[row] = sums[row] - without[row];
            var near = RowGroups.FirstEqual([.. forms.Where(other => other != column)], without, dropped);
            var equal = RowGroups.FirstEqual([column], table.RowCount);
            Find(table, column.Name, near, row => equal[row] != equal[near[row]], dropped, "but for this column", row =>
                $"'{Excerpt.Of(Shown.Of(table[column.Name][row]))}' for '{Excerpt.Of(Shown.Of(table[column.Name][near[row]]))}'");
        }
    }

    private void Find(Table table, string? column, int[] near, Func<int, bool> differs, bool[] dropped, string how, Func<int, string> show)
    {
        var examples = new List<CleanExample>();
        var count = 0;
        for (var row = 0; row < near.Length; row++)
        {
            if (near[row] == row || !differs(row)) continue;
            count++;
            if (examples.Count < MostExamples) examples.Add(new CleanExample(table.Origin(row) + 1, FormattableString.Invariant($"{show(row)}, as row {table.Origin(near[row]) + 1}"), wanted.IsDropped ? "dropped" : "kept"));
            if (wanted.IsDropped) dropped[row] = true;
        }

        if (count == 0) return;
        _findings.Add(new CleanFinding(CleanStep.NearDuplicate, column, count, table.RowCount, $"rows are there already {how}; {(wanted.IsDropped ? "dropped, the first stays" : "they stay")}")
        {
            Examples = examples,
            Warning = wanted.IsDropped || column is not null ? null : FormattableString.Invariant($"{count} of {table.RowCount} rows are there already {how}, for example row {examples[0].Row}: {examples[0].Before}. Some may be trained on and others tested with; set '{nameof(CleanOptions.NearDuplicates)}' to {nameof(NearDuplicates)}.{nameof(NearDuplicates.InText)}.{nameof(NearDuplicates.Drop)}() to drop them."),
        });
    }
}
