using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>CrossValidate</c>.</summary>
public static class CrossValidateExtensions
{
    /// <summary>
    /// Stands in the place of <c>Split</c>: all that follows up to <c>Evaluate</c> is done once for each fold of the rows, learning from the other folds and measured on it, and then, for the model that is
    /// kept, once more on all rows. Whatever learns from rows is fitted anew for each fold: features, transforms, tuning, calibration, threshold. <see cref="PipelineRun.CrossValidation"/> has the metrics
    /// of the folds with mean, deviation and interval, and the out-of-fold predictions, on which <see cref="PipelineRun.Evaluation"/> is.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="folds">How many folds. Default 5.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { Repeats = 3, GroupBy = "patient" }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static SplitPipeline CrossValidate(
        this DataPipeline pipeline, int folds = 5, Func<CrossValidateOptions, CrossValidateOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var options = new CrossValidateOptions { Folds = folds };
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new SplitPipeline(pipeline.Plan.Then(new CrossValidateStep(options), file, line));
    }

    /// <inheritdoc cref="CrossValidate(DataPipeline, int, Func{CrossValidateOptions, CrossValidateOptions}, string, int)"/>
    public static SplitPipeline CrossValidate(
        this DataPipeline pipeline, Func<CrossValidateOptions, CrossValidateOptions> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return pipeline.CrossValidate(new CrossValidateOptions().Folds, configure, file, line);
    }
}
