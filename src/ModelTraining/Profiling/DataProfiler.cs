namespace ModelTraining;

/// <summary>Looks at a table.</summary>
internal sealed class DataProfiler(ProfileOptions options, int threads)
{
    public DataProfile Profile(Table table, string description, CancellationToken cancellationToken)
    {
        var profiler = new ColumnProfiler(options);
        var columns = new ColumnProfile[table.Columns.Count];
        ColumnLoop.Run(columns.Length, threads, i =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            columns[i] = profiler.Profile(table.Columns[i], table.Schema[i]);
        });

        var notes = new List<string>();
        var label = ProfiledLabel.Of(table, Array.Find(columns, column => column.Role == ColumnRole.Label));
        var found = new AssociationSearch(options, threads).Search(table, label?.IsClasses ?? false, notes, cancellationToken);
        for (var i = 0; i < columns.Length; i++) if (found.WithLabel.TryGetValue(columns[i].Name, out var association)) columns[i] = columns[i] with { WithLabel = association };

        var together = MissingPatterns.Of(table);
        var duplicates = Duplicates(table);
        Association[] associations = [.. found.All.OrderByDescending(association => Math.Abs(association.Value))];
        var warnings = new ProfileWarnings(table, columns, threads);
        warnings.OfLabel(label);
        warnings.OfRows(duplicates, together);
        warnings.OfPairs(associations, label?.Name);
        warnings.OfColumns();
        return new DataProfile(columns)
        {
            Description = description,
            RowCount = table.RowCount,
            DuplicateRowCount = duplicates,
            Associations = associations,
            AssociatedColumns = found.Columns,
            MissingTogether = together,
            Warnings = warnings.All,
            Notes = notes,
        };
    }

    private static int Duplicates(Table table)
    {
        Column[] columns = [.. table.Schema.Where(column => column.Role is ColumnRole.Feature or ColumnRole.Label or ColumnRole.Weight).Select(column => table[column.Name])];
        if (columns.Length == 0) return 0;
        var first = RowGroups.FirstEqual(columns, table.RowCount);
        var count = 0;
        for (var row = 0; row < first.Length; row++) if (first[row] != row) count++;
        return count;
    }
}
