using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Split</c>.</summary>
public static class SplitExtensions
{
    /// <summary>Divides the rows into a training, a validation and a test part: at random, for classes with equal shares of each class.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="test">The share of rows that only <c>Evaluate</c> sees. Default 0.2.</param>
    /// <param name="validation">The share of rows that training stops early by. Default 0.1.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static SplitPipeline Split(this DataPipeline pipeline, double test = 0.2, double validation = 0.1, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        pipeline.Split(options => options with { Test = test, Validation = validation }, file, line);

    /// <summary>
    /// Divides the rows into a training, a validation and a test part: at random, by group (<see cref="SplitOptions.GroupBy"/>), by time
    /// (<see cref="SplitOptions.TimeBy"/>), or as a column says (<see cref="SplitOptions.PartColumn"/>).
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { Test = 0.3, GroupBy = "customer" }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static SplitPipeline Split(this DataPipeline pipeline, Func<SplitOptions, SplitOptions> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(configure);
        return new SplitPipeline(pipeline.Plan.Then(new SplitStep(configure(new SplitOptions())), file, line));
    }
}
