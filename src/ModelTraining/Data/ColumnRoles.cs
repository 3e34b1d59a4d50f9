namespace ModelTraining;

/// <summary>Which columns of a source are more than inputs of the model. A column that is not named here is a <see cref="ColumnRole.Feature"/>.</summary>
public record ColumnRoles
{
    /// <summary>The column that the model learns to predict. Default none.</summary>
    public string? Label { get; init; }

    /// <summary>The column that says how much a row counts: numbers that are not negative. Default none: all count alike.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns that name a row. They are kept with the data and are never inputs of the model. Default none.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Columns that nothing uses. Default none.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Every name that has a role, with the role and the option that gives it.</summary>
    internal IEnumerable<(string Name, ColumnRole Role)> Named()
    {
        if (Label is not null) yield return (Label, ColumnRole.Label);
        if (Weight is not null) yield return (Weight, ColumnRole.Weight);
        foreach (var name in Ids) yield return (name, ColumnRole.Id);
        foreach (var name in Ignored) yield return (name, ColumnRole.Ignored);
    }

    internal virtual IEnumerable<Problem> Validate()
    {
        foreach (var named in Named().GroupBy(pair => pair.Name, StringComparer.Ordinal))
        {
            if (string.IsNullOrWhiteSpace(named.Key)) yield return new Problem("MT1102", $"The name given for {named.First().Role} is empty. Name a column, or leave the option out.");
            var roles = named.Select(pair => pair.Role).ToList();
            if (roles.Count > 1) yield return new Problem("MT1102", $"Column '{named.Key}' is named for {string.Join(" and for ", roles)}. Give it one role.");
        }
    }

    /// <summary>Throws when an option is wrong; all that is wrong is said together.</summary>
    internal void ThrowIfInvalid()
    {
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }

    /// <summary>Throws when a role names a column that is not among <paramref name="names"/>.</summary>
    internal void ThrowIfUnknown(IReadOnlyCollection<string> names, string source, string hint = "")
    {
        var problems = Named().Where(pair => !names.Contains(pair.Name, StringComparer.Ordinal))
            .Select(pair => new Problem("MT2001", $"{source} has no column '{pair.Name}', which is named for {pair.Role}. {NearestNames.Sentence(pair.Name, names)}{hint}")).ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
    }

    /// <summary>The table of <paramref name="columns"/> with the roles; what makes a role impossible is an error.</summary>
    internal Table Build(IReadOnlyList<Column> columns, string source, Func<int, TextFormat>? format = null)
    {
        if (columns.Count == 0 || columns[0].Count == 0) throw new ModelTrainingException("MT2101", $"{source} has no rows. Check that it is the right source, and that the query or pattern behind it finds something.");
        ThrowIfUnknown([.. columns.Select(column => column.Name)], source);
        var roles = Named().ToDictionary(pair => pair.Name, pair => pair.Role, StringComparer.Ordinal);
        var schema = new Schema(columns.Select((column, i) =>
            new ColumnInfo(column.Name, column.Type, roles.GetValueOrDefault(column.Name)) { Format = format?.Invoke(i) ?? TextFormat.Invariant }));
        var table = new Table(columns, schema);
        if (table.Label is { } label && label.MissingCount == label.Count)
        {
            throw new ModelTrainingException("MT2109", $"{source}: all {label.Count} values of the label '{label.Name}' are missing. Name another column as the label, or check the source.");
        }

        foreach (var weight in table.WithRole(ColumnRole.Weight))
        {
            if (weight.Type is not (ColumnType.Number or ColumnType.Integer or ColumnType.Boolean))
            {
                throw new ModelTrainingException("MT2110", $"{source}: the weight '{weight.Name}' is of type {weight.Type}{Example(weight)}. A weight is a number.");
            }
        }

        return table;
    }

    private static string Example(Column column)
    {
        for (var row = 0; row < column.Count; row++) if (!column.IsMissing(row)) return $", for example '{column[row]}'";
        return "";
    }
}
