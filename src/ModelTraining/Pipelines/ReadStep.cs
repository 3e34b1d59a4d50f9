namespace ModelTraining;

/// <summary>Reads the source, once.</summary>
internal sealed class ReadStep(IDataSource source) : IRunStep
{
    public string Name => "Read";

    public IDataSource Source => source;

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var started = state.Plan.Time.GetTimestamp();
        var context = new SourceContext
        {
            Random = state.Random("read"),
            MemoryLimitBytes = state.Plan.MemoryLimitBytes ?? new SourceContext().MemoryLimitBytes,
            Spill = state.Spill,
            HeldInMemoryBy = state.Plan.Steps.Select(planned => planned.Step.HoldsInMemory).FirstOrDefault(name => name is not null),
            Progress = state.Progress is null ? null : new DirectProgress<double>(share => state.Progress.Report(new TrainingProgress
            {
                Stage = Name,
                Completed = (long)Math.Round(share * 100),
                Total = 100,
                Unit = "percent",
                Elapsed = state.Plan.Time.GetElapsedTime(started),
            })),
        };
        var table = await source.ReadAsync(context, cancellationToken).ConfigureAwait(false);
        state.Spill?.EndReading();
        foreach (var repair in context.Repairs) state.Repairs.Add(repair);
        if (table.RowCount == 0) throw new ModelTrainingException("MT2004", $"{source.Description} has no rows. A model needs some to learn from.");
        state.Source = table;
        state.Table = MissingMarkerRepair.For(table.Schema) is { } markers ? state.Context.Repair(table, markers) : table;
    }
}
