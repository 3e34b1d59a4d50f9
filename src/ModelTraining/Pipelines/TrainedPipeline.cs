namespace ModelTraining;

/// <summary>A pipeline that has a model: <c>Evaluate</c>, <c>Export</c>.</summary>
public sealed class TrainedPipeline : Pipeline, IUsesTrainingBackend<TrainedPipeline>
{
    internal TrainedPipeline(PipelinePlan plan) : base(plan)
    {
    }

    /// <inheritdoc/>
    public TrainedPipeline UseBackend(ITrainingBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        for (var i = Plan.Steps.Length - 1; i >= 0; i--)
        {
            if ((Plan.Steps[i].Step as IBackendStep<IRunStep>)?.With(backend) is { } step) return new TrainedPipeline(Plan with { Steps = Plan.Steps.SetItem(i, Plan.Steps[i] with { Step = step }) });
        }

        throw new ModelTrainingException("MT3205", $"{backend.Name} trains networks, and the pipeline trains none: {this}. Leave the backend out, or train with Networks or FineTune.");
    }

    internal override Pipeline With(PipelinePlan plan) => new TrainedPipeline(plan);
}
