using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>
/// A description of a run: where rows come from and what is done with them. Immutable; every verb gives a new one, and a verb stands only where it
/// makes sense: data, split, trained, evaluated. Nothing happens before <see cref="RunAsync"/>. Safe to use from many threads, and to run many times.
/// </summary>
public abstract class Pipeline
{
    private protected Pipeline(PipelinePlan plan) => Plan = plan;

    internal PipelinePlan Plan { get; }

    /// <summary>Begins a pipeline.</summary>
    /// <param name="source">Where rows come from, for example <c>Csv.File("adult.csv", label: "income")</c>. A run reads it once.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static DataPipeline From(IDataSource source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new DataPipeline(new PipelinePlan().Then(new ReadStep(source), file, line));
    }

    /// <summary>Does all that was described.</summary>
    /// <param name="cancellationToken">
    /// Signalled while a model trains: training ends at the next step, the stages after it are done with the best model so far, and
    /// <see cref="PipelineRun.Status"/> is <see cref="RunStatus.Cancelled"/>. Signalled before there is a model: <see cref="OperationCanceledException"/>.
    /// </param>
    /// <exception cref="ModelTrainingException">
    /// Options are wrong (all are checked, and all problems reported together, before anything is read), or a stage failed: the message names the stage,
    /// the place in the caller's source, and the fix.
    /// </exception>
    public Task<PipelineRun> RunAsync(CancellationToken cancellationToken = default) => new PipelineRunner(Plan).RunAsync(cancellationToken);

    internal abstract Pipeline With(PipelinePlan plan);

    /// <summary>The stages in their order.</summary>
    public override string ToString() => string.Join(" → ", Plan.Steps.Select(planned => planned.Step.Name));
}
