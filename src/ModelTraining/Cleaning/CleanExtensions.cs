using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Clean</c>.</summary>
public static class CleanExtensions
{
    /// <summary>
    /// Repairs rows: formats and spellings made one, rows without a label and duplicate rows taken out; and plans what has to learn from rows (missing
    /// values, outliers, columns that can't help), which is fitted on the training part alone. Nothing is done silently:
    /// <c>run.Report&lt;CleanReport&gt;()</c> says how many of what, with examples.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="configure">Changes the options, for example <c>o => o with { Duplicates = false }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static DataPipeline Clean(this DataPipeline pipeline, Func<CleanOptions, CleanOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var options = new CleanOptions();
        return new DataPipeline(pipeline.Plan.Then(new StageStep(new CleanStage(configure?.Invoke(options) ?? options), insideModel: true), file, line));
    }
}
