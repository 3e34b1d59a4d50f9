namespace ModelTraining;

/// <summary>Some of the rows of another source. Sources of this library leave the others out while they read; of others' tables, they are left out afterwards.</summary>
/// <param name="source">The other source.</param>
/// <param name="taken">What is taken, for the description: "first 1,000 rows".</param>
/// <param name="problem">What is wrong with what the user said; null when nothing is.</param>
/// <param name="create">Makes the sampler of one reading.</param>
internal sealed class SampledSource(IDataSource source, string taken, Problem? problem, Func<SeededRandom, RowSampler> create) : IDataSource
{
    public string Description => $"{source.Description} ({taken})";

    public async ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (problem is not null) throw new ModelTrainingException([problem]);
        var sampler = create(context.Random.Fork("sample"));
        var table = source is IRowReader reader
            ? await reader.ReadAsync(context, sampler, cancellationToken).ConfigureAwait(false)
            : Of(await source.ReadAsync(context, cancellationToken).ConfigureAwait(false), sampler);
        if (sampler.Says(table.RowCount) is { } said) context.Repaired($"{source.Description}: {said}.");
        return table;
    }

    private Table Of(Table table, RowSampler sampler)
    {
        var rows = new List<int>();
        if (table.Label is { } label) sampler.Classes = () => RowClasses.Of(label.Take(rows.ToArray()));
        for (var row = 0; row < table.RowCount && !sampler.IsFull; row++)
        {
            if (!sampler.Takes()) continue;
            rows.Add(row);
            if (sampler.Drops(atEnd: false, out var kept)) rows.Keep(kept);
        }

        if (sampler.Drops(atEnd: true, out var last)) rows.Keep(last);
        sampler.ThrowIfNone(rows.Count, source.Description);
        return table.Take(rows.ToArray());
    }
}
