namespace ModelTraining;

/// <summary>Keeps what was said of features until the trainer is known.</summary>
internal sealed class FeatureOptionsStep(FeatureOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Features";

    /// <summary>The columns that functions add.</summary>
    public IReadOnlyList<ColumnInfo> Adds => [.. options.Functions.Select(function => new ColumnInfo(function.Name, function.Type))];

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => options.Validate(schema);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.FeatureOptions = options;
        // Of an earlier step of this kind, in whose place this one comes. A table that stays the same is known for the same.
        if (state.Functions.All.Count > 0) state.Table = state.Table.Without([.. state.Functions.All.Select(function => function.Name)]);
        state.Functions = new RowFunctions([.. options.Functions], state.Table.Schema);
        if (state.Functions.All.Count > 0) state.Table = Computed(state, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>The table with the columns of functions: of what a caller of the model would give, since what cleaning does to that the model does by itself.</summary>
    private static Table Computed(RunState state, CancellationToken cancellationToken)
    {
        var outside = state.StagesOutsideModel.Count > 0;
        var given = new TableRow(outside ? state.Table : state.Source, state.Functions, row => FormattableString.Invariant($" in row {(outside ? state.Table.Origin(row) : row) + 1} of the source"));
        int[] rows = [.. Enumerable.Range(0, state.Table.RowCount).Select(row => outside ? row : state.Table.Origin(row))];
        var table = state.Table;
        for (var i = 0; i < state.Functions.All.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            table = table.With(given.Column(i, rows));
        }

        return table;
    }
}
