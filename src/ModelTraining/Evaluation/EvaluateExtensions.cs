using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Evaluate</c>.</summary>
public static class EvaluateExtensions
{
    /// <summary>Measures the model on the test part, beside a baseline that has learned nothing but the label's distribution.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options, for example to add a metric of your own.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static EvaluatedPipeline Evaluate(this TrainedPipeline pipeline, Func<EvaluateOptions, EvaluateOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var options = new EvaluateOptions();
        return new EvaluatedPipeline(pipeline.Plan.Then(new EvaluateStep(configure?.Invoke(options) ?? options), file, line));
    }
}
