namespace ModelTraining;

/// <summary>Measures the model on the test part.</summary>
internal sealed class EvaluateStep(EvaluateOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Evaluate";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Target target) => options.Validate(target.Task);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.Evaluation = new Evaluator(options, state.Target).Evaluate(state.Model, state.Data, state.Split.TestRows, state.Plan.Threads, state.Threshold, state.Context.Warn, cancellationToken);
        return ValueTask.CompletedTask;
    }
}
