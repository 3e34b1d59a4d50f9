namespace ModelTraining;

/// <summary>Finds which columns of a table go together: each with the label, and all of a limited number with each other.</summary>
internal sealed class AssociationSearch(ProfileOptions options, int threads)
{
    /// <summary>The values of all columns together: a table of a thousand columns has fewer rows looked at, to take no longer than others.</summary>
    private const int MostValues = 5_000_000;

    private const int FewestRows = 1000;

    /// <param name="table">The rows.</param>
    /// <param name="labelIsClasses">Whether the label's values are classes, whatever their type.</param>
    /// <param name="notes">Takes what was not looked at.</param>
    /// <param name="cancellationToken">Ends the search between two columns.</param>
    public FoundAssociations Search(Table table, bool labelIsClasses, List<string> notes, CancellationToken cancellationToken)
    {
        var names = table.Schema.Where(column => column.Role is ColumnRole.Feature or ColumnRole.Label).Select(column => column.Name).ToArray();
        var rows = Rows(table.RowCount, names.Length);
        var labelName = table.Schema.Label?.Name;
        var label = labelName is null ? null : AssociationColumn.Of(Taken(table[labelName], rows), labelIsClasses);
        var limited = names.Length > options.MaxAssociationColumns;

        // Of many columns only those are kept that are measured with each other.
        var prepared = new AssociationColumn?[names.Length];
        var withLabel = new Association?[names.Length];
        var possible = new bool[names.Length];
        ColumnLoop.Run(names.Length, threads, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var column = names[i] == labelName ? label : AssociationColumn.Of(Taken(table[names[i]], rows), asCategory: false);
            possible[i] = column is not null;
            if (column is not null && label is not null && column != label) withLabel[i] = Associations.Between(column, label).MaxBy(association => Math.Abs(association.Value));
            if (!limited) prepared[i] = column;
        });

        var chosen = Enumerable.Range(0, names.Length).Where(i => possible[i]).ToList();
        if (chosen.Count > options.MaxAssociationColumns)
        {
            notes.Add($"Associations are measured between {ReportNumber.Count(options.MaxAssociationColumns)} of {ReportNumber.Count(chosen.Count)} columns, {(label is null ? "the first ones" : "the label and those that go with it most")}; {nameof(ProfileOptions.MaxAssociationColumns)} changes that.");
            chosen = [.. chosen.OrderByDescending(i => names[i] == labelName ? 2 : Math.Abs(withLabel[i]?.Value ?? 0)).Take(options.MaxAssociationColumns).Order()];
        }

        if (rows is not null) notes.Add($"Associations are measured on {ReportNumber.Count(rows.Length)} of {ReportNumber.Count(table.RowCount)} rows, evenly spread.");
        var columns = new AssociationColumn[chosen.Count];
        ColumnLoop.Run(columns.Length, threads, i => columns[i] = prepared[chosen[i]] ?? (names[chosen[i]] == labelName ? label! : AssociationColumn.Of(Taken(table[names[chosen[i]]], rows), asCategory: false)!));

        var byColumn = new List<Association>[columns.Length];
        ColumnLoop.Run(columns.Length, threads, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            byColumn[i] = [];
            for (var j = i + 1; j < columns.Length; j++) byColumn[i].AddRange(Associations.Between(columns[i], columns[j]));
        });
        return new FoundAssociations([.. columns.Select(column => column.Name)], [.. byColumn.SelectMany(found => found)], withLabel.OfType<Association>().ToDictionary(found => found.First));
    }

    private int[]? Rows(int count, int columns)
    {
        var most = Math.Min(options.MaxAssociationRows, Math.Max(FewestRows, MostValues / Math.Max(1, columns)));
        if (count <= most) return null;
        var rows = new int[most];
        for (var i = 0; i < rows.Length; i++) rows[i] = (int)((long)i * count / rows.Length);
        return rows;
    }

    private static Column Taken(Column column, int[]? rows) => rows is null ? column : column.Take(rows);
}
