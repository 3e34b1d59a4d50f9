using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Threshold</c>.</summary>
public static class ThresholdExtensions
{
    /// <summary>
    /// Chooses from which probability on a row is called positive, where 0.5 is not right: classes of unequal size, errors of unequal cost. Chosen on the validation
    /// part, never on training or test rows, and part of the model from here on: the metrics of <c>Evaluate</c>, the exported graph's label and
    /// <see cref="Prediction.Label"/> go by it. Probabilities stay as they are. Stands after <c>Calibrate</c>, where there is one.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { FalseNegativeCost = 10 }</c>. Default: the best F1.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    /// <exception cref="ModelTrainingException">
    /// From <c>RunAsync</c>: MT1323 (twice, or after <c>Explain</c> or <c>Export</c>), MT1324 to MT1327 (an option), MT1328 (not two classes), MT2330 (no validation part), MT2332 (no
    /// threshold is as precise, or finds as many, as asked for).
    /// </exception>
    public static TrainedPipeline Threshold(this TrainedPipeline pipeline, Func<ThresholdOptions, ThresholdOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var options = new ThresholdOptions();
        var before = pipeline.Plan.Steps.Select(planned => planned.Step).FirstOrDefault(step => step is ThresholdStep or ExplainStep or ExportStep);
        return new TrainedPipeline(pipeline.Plan.Then(new ThresholdStep(configure?.Invoke(options) ?? options, before?.Name), file, line));
    }
}
