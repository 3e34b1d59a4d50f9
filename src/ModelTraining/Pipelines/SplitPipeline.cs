namespace ModelTraining;

/// <summary>A pipeline whose rows are divided into parts: <c>Use</c> and <c>Features</c>, then <c>Train</c>.</summary>
public sealed class SplitPipeline : Pipeline
{
    internal SplitPipeline(PipelinePlan plan) : base(plan)
    {
    }

    internal override Pipeline With(PipelinePlan plan) => new SplitPipeline(plan);
}
