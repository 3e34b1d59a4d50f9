namespace ModelTraining;

/// <summary>A pipeline that has a model and knows how good it is: <c>Export</c>.</summary>
public sealed class EvaluatedPipeline : Pipeline
{
    internal EvaluatedPipeline(PipelinePlan plan) : base(plan)
    {
    }

    internal override Pipeline With(PipelinePlan plan) => new EvaluatedPipeline(plan);
}
