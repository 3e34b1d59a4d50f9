namespace ModelTraining;

/// <summary>Plans a transform: it is fitted with the others, on the training part.</summary>
internal sealed class TransformStep(ITransform transform) : IRunStep
{
    public string Name => transform.Name;

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.Context.Plan(transform);
        return ValueTask.CompletedTask;
    }
}
