namespace ModelTraining;

/// <summary>Leaves one row of each key. As all that takes rows out, it is done to the data and stays outside the exported model, which answers every row.</summary>
internal sealed class RecordKeyRepair(RecordKey key, CleanLedger ledger, Action<string> warn)
{
    private const int MostExamples = 3;

    public Table Apply(Table table)
    {
        Column[] parts = [.. key.Columns.Select(name => Part(table[name], table.Schema[name].Format))];
        var first = RowGroups.FirstEqual(parts, table.RowCount);
        var stays = new int[table.RowCount]; // for the first row of each key the one that stays
        for (var row = 0; row < stays.Length; row++)
        {
            if (first[row] == row) stays[row] = row;
            else if (Goes(table, stays[first[row]], row)) stays[first[row]] = row;
        }

        var kept = new List<int>(table.RowCount);
        var examples = new List<CleanExample>();
        for (var row = 0; row < stays.Length; row++)
        {
            if (stays[first[row]] == row || Array.Exists(parts, part => part.IsMissing(row)))
            {
                kept.Add(row);
                continue;
            }

            if (examples.Count < MostExamples) examples.Add(new CleanExample(table.Origin(row) + 1, FormattableString.Invariant($"{Text(table, row)}, as row {table.Origin(stays[first[row]]) + 1}"), "dropped"));
        }

        if (kept.Count == table.RowCount) return table;
        var rule = key.Keep switch
        {
            KeptRecord.First => "the first",
            KeptRecord.Last => "the last",
            KeptRecord.MostComplete => "the most complete",
            _ => $"the one of the greatest '{key.By}'",
        };
        ledger.Set(CleanStep.Key, [new CleanFinding(CleanStep.Key, string.Join(", ", key.Columns), table.RowCount - kept.Count, table.RowCount, $"rows have the key of another and were dropped; {rule} stays") { Examples = examples }], warn);
        return table.Take(kept.ToArray());
    }

    /// <summary>Text in one form, so that spellings of a key are one; empty text is missing.</summary>
    private static Column Part(Column column, TextFormat format) => column is TextColumn text ? text.Map(category => Blanks.OrMissing(category, format)?.ToUpperInvariant()) : column;

    /// <summary>Whether the row that stays so far gives way to a later one of its key.</summary>
    private bool Goes(Table table, int staying, int row) => key.Keep switch
    {
        KeptRecord.First => false,
        KeptRecord.Last => true,
        KeptRecord.MostComplete => Missing(table, row) < Missing(table, staying),
        _ => IsAtLeast(table[key.By!], row, staying),
    };

    private static int Missing(Table table, int row)
    {
        var missing = 0;
        foreach (var column in table.Columns) if (column.IsMissing(row)) missing++;
        return missing;
    }

    private static bool IsAtLeast(Column column, int row, int other)
    {
        if (column.IsMissing(row)) return column.IsMissing(other);
        if (column.IsMissing(other)) return true;
        return column is TextColumn text ? string.CompareOrdinal(text.Text(row), text.Text(other)) >= 0 : ((IComparable)column[row]!).CompareTo(column[other]) >= 0;
    }

    private string Text(Table table, int row) => string.Join(", ", key.Columns.Select(name => $"'{Shown.Of(table[name][row])}'"));
}
