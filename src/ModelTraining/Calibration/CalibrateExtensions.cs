using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Calibrate</c>.</summary>
public static class CalibrateExtensions
{
    /// <summary>
    /// Makes the model's probabilities mean what they say: of rows that get 0.8, four of five should be of the class. Fitted on the validation part, never on
    /// training or test rows, and part of the model from here on: evaluated, exported in the same graph, used by <see cref="Predictor"/>.
    /// <para>
    /// Where the validation part also decided when training stopped, it is used for both: one number was chosen by it, so that its probabilities are only a little
    /// better than those of unseen rows, and the few numbers of a calibration hardly follow that. The report says so; the test part, which took part in
    /// neither, shows what came of it.
    /// </para>
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="method">How. Default: a sigmoid, which some hundred rows are enough for.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    /// <exception cref="ModelTrainingException">
    /// From <c>RunAsync</c>: MT1322 (numbers have no probabilities), MT1323 (twice, or after <c>Threshold</c>, <c>Explain</c> or <c>Export</c>), MT2330 (no validation part), MT2331 (a class has no
    /// validation row).
    /// </exception>
    public static TrainedPipeline Calibrate(this TrainedPipeline pipeline, CalibrationMethod method = CalibrationMethod.Platt, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var before = pipeline.Plan.Steps.Select(planned => planned.Step).FirstOrDefault(step => step is ThresholdStep or CalibrateStep or ExplainStep or ExportStep);
        return new TrainedPipeline(pipeline.Plan.Then(new CalibrateStep(method, before?.Name), file, line));
    }
}
