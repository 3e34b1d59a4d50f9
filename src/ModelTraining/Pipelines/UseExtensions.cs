using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>Puts stages and transforms of your own into a pipeline.</summary>
public static class UseExtensions
{
    /// <summary>Adds a step of your own on the rows before they are split.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="stage">The step. What it does to rows stays outside the exported model, except for what it hands to <see cref="StageContext"/>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static DataPipeline Use(this DataPipeline pipeline, IPipelineStage stage, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(stage);
        return new DataPipeline(pipeline.Plan.Then(new StageStep(stage, insideModel: false), file, line));
    }

    /// <summary>Adds a transform of your own: fitted on the training part, and part of the exported model.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="transform">What learns from the training rows.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static SplitPipeline Use(this SplitPipeline pipeline, ITransform transform, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(transform);
        return new SplitPipeline(pipeline.Plan.Then(new TransformStep(transform), file, line));
    }
}
