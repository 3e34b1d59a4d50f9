namespace ModelTraining;

/// <summary>Measures the model on the test part; where folds have measured, takes what came of it.</summary>
internal sealed class EvaluateStep(EvaluateOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public EvaluateOptions Settings => options;

    public string Name => "Evaluate";

    public bool FitsModel => false;

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema, IReadOnlyList<ColumnInfo> computed) => options.Validate(new Schema(schema.Concat(computed).DistinctBy(column => column.Name)));

    public IEnumerable<Problem> Validate(Target target) => options.Validate(target.Task);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        if (state.CrossValidation is { } folds)
        {
            state.Evaluation = folds.Evaluation;
            return ValueTask.CompletedTask;
        }

        var rows = state.Split.TestRows;
        var source = SourceOf(state, rows.Span);
        state.Evaluation = new Evaluator(options, state.Target).Evaluate(state.Model, state.Data, rows, source, state.Plan.Threads, state.Threshold, state.Context.Warn, cancellationToken);
        return ValueTask.CompletedTask;
    }

    /// <summary>The rows as they came; where a stage of someone else's changed rows in ways of its own, those that it left, which need not be of the source.</summary>
    public static EvaluatedSource SourceOf(RunState state, ReadOnlySpan<int> rows)
    {
        var outside = state.StagesOutsideModel.Count > 0;
        var origins = rows.ToArray();
        if (!outside) for (var i = 0; i < origins.Length; i++) origins[i] = state.Table.Origin(rows[i]);
        return new EvaluatedSource(outside ? state.Table : state.Source, origins) { Computed = state.Table, ComputedRows = rows.ToArray() };
    }
}
