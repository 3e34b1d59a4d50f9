namespace ModelTraining;

/// <summary>Measures the model on the test part.</summary>
internal sealed class EvaluateStep(EvaluateOptions options) : IRunStep
{
    public string Name => "Evaluate";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Target target) => options.Validate(target.Task);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        if (state.Split.TestRows.Length == 0)
        {
            throw new ModelTrainingException("MT1003", "There is no test part to evaluate on: the 'Test' option of Split is 0. Set it above 0, or leave Evaluate out.");
        }

        state.Evaluation = new Evaluator(options, state.Target).Evaluate(state.Model, state.Data, state.Split.TestRows, state.Plan.Threads, state.Context.Warn, cancellationToken);
        return ValueTask.CompletedTask;
    }
}
