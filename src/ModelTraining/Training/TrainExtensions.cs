using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Train</c>.</summary>
public static class TrainExtensions
{
    /// <summary>Fits on the training part all that learns from rows, the features and then the model.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="trainer">The algorithm, for example <c>Trees.GradientBoosting()</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Train(this SplitPipeline pipeline, ITrainer trainer, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(trainer);
        return new TrainedPipeline(pipeline.Plan.Then(new PrepareStep(trainer.Needs), file, line).Then(new TrainStep(trainer), file, line));
    }
}
