namespace ModelTraining;

/// <summary>Finds out what the model goes by. The model is there already: where the caller asks to stop, only the explanation is given up.</summary>
internal sealed class ExplainStep(ExplainOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Explain";

    public bool FitsModel => false;

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Target target) => options.Validate(target.Task);

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        try
        {
            state.Explanation = new ModelExplainer(state).Explain(options, state.Progress, state.Cancelled);
        }
        catch (OperationCanceledException) when (state.Cancelled.IsCancellationRequested)
        {
            state.Context.Warn("Cancelled before it was done: the run has no explanation. run.Explain() makes one.");
        }

        return ValueTask.CompletedTask;
    }
}
