namespace ModelTraining;

/// <summary>
/// The columns that name a record, and which of the rows of one key stays: <c>RecordKey.Of("customer")</c>, <c>RecordKey.Of("order", "line").KeepGreatest("changed")</c>. Text is
/// compared without regard to case and needless blanks, so that 'A-17 ' and 'a-17' are one key. Rows that lack a part of their key stay.
/// </summary>
public sealed record RecordKey
{
    private RecordKey(IReadOnlyList<string> columns) => Columns = columns;

    /// <summary>The columns that name a record together.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Which row stays. Default the first one.</summary>
    public KeptRecord Keep { get; private init; } = KeptRecord.First;

    /// <summary>The column whose greatest value stays; null where <see cref="Keep"/> goes by something else.</summary>
    public string? By { get; private init; }

    /// <summary>A key; of its rows the first one stays, unless something else is said.</summary>
    /// <param name="columns">The columns, for example ids: at least one.</param>
    public static RecordKey Of(params IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return new RecordKey(columns);
    }

    /// <summary>The last row stays.</summary>
    public RecordKey KeepLast() => this with { Keep = KeptRecord.Last, By = null };

    /// <summary>The row that lacks the fewest values stays; of several the first.</summary>
    public RecordKey KeepMostComplete() => this with { Keep = KeptRecord.MostComplete, By = null };

    /// <summary>The row with the greatest value in <paramref name="column"/> stays; of several the last.</summary>
    /// <param name="column">A column of numbers or dates, or of text that is compared by code point.</param>
    public RecordKey KeepGreatest(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        return this with { Keep = KeptRecord.Greatest, By = column };
    }

    internal IEnumerable<Problem> Validate()
    {
        if (Columns.Count == 0) yield return new Problem("MT1254", $"The option '{nameof(CleanOptions.Key)}' of Clean takes the columns of the key. Got none.");
        foreach (var twice in Columns.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)) yield return new Problem("MT1254", $"The option '{nameof(CleanOptions.Key)}' of Clean names column '{twice.Key}' twice. Name it once.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Columns)}, {Keep}{(By is null ? "" : $" {By}")} stays";
}
