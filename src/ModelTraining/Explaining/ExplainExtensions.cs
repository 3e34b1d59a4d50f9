using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Explain</c>.</summary>
public static class ExplainExtensions
{
    /// <summary>
    /// Finds out on the test part what the model goes by: SHAP values of some rows, and the permutation importance of each column. The report shows both;
    /// <see cref="PipelineRun.Explanation"/> has them.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Repeats = 20 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Explain(this TrainedPipeline pipeline, Func<ExplainOptions, ExplainOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new TrainedPipeline(pipeline.Plan.Then(StepOf(configure), file, line));
    }

    /// <inheritdoc cref="Explain(TrainedPipeline, Func{ExplainOptions, ExplainOptions}?, string, int)"/>
    public static EvaluatedPipeline Explain(this EvaluatedPipeline pipeline, Func<ExplainOptions, ExplainOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new EvaluatedPipeline(pipeline.Plan.Then(StepOf(configure), file, line));
    }

    private static ExplainStep StepOf(Func<ExplainOptions, ExplainOptions>? configure)
    {
        var options = new ExplainOptions();
        return new ExplainStep(configure?.Invoke(options) ?? options);
    }
}
