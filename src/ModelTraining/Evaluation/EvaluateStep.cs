namespace ModelTraining;

/// <summary>Measures the model on the test part.</summary>
internal sealed class EvaluateStep(EvaluateOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Evaluate";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => options.Validate(schema);

    public IEnumerable<Problem> Validate(Target target) => options.Validate(target.Task);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var rows = state.Split.TestRows;
        var origins = new int[rows.Length];
        for (var i = 0; i < origins.Length; i++) origins[i] = state.Table.Origin(rows.Span[i]);
        var source = new EvaluatedSource(state.Source, origins);
        state.Evaluation = new Evaluator(options, state.Target).Evaluate(state.Model, state.Data, rows, source, state.Plan.Threads, state.Threshold, state.Context.Warn, cancellationToken);
        return ValueTask.CompletedTask;
    }
}
