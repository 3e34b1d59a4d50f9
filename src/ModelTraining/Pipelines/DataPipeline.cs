namespace ModelTraining;

/// <summary>A pipeline whose rows are still one table: <c>Clean</c>, <c>Use</c>, then <c>Split</c>.</summary>
public sealed class DataPipeline : Pipeline
{
    internal DataPipeline(PipelinePlan plan) : base(plan)
    {
    }

    internal override Pipeline With(PipelinePlan plan) => new DataPipeline(plan);
}
