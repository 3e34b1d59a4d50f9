namespace ModelTraining;

/// <summary>A pipeline that has a model: <c>Evaluate</c>, <c>Export</c>.</summary>
public sealed class TrainedPipeline : Pipeline
{
    internal TrainedPipeline(PipelinePlan plan) : base(plan)
    {
    }

    internal override Pipeline With(PipelinePlan plan) => new TrainedPipeline(plan);
}
