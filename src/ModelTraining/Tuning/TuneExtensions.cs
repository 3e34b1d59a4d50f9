using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Tune</c>.</summary>
public static class TuneExtensions
{
    /// <summary>
    /// Stands where <c>Train</c> would, and looks for the trainer's settings: trains with each of many, measures on the validation part, and goes on with the best model.
    /// <c>.Tune(Tune.GradientBoosting())</c> has a space ready, or declare your own:
    /// <code>
    /// .Tune(space =>
    /// {
    ///     var rate = space.Float("rate", 0.01, 0.3, log: true).StartAt(0.1);
    ///     return trial => Trees.GradientBoosting(o => o with { LearningRate = trial.Get(rate) });
    /// })
    /// </code>
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="space">Declares the parameters, and gives the function that makes a trainer of their values.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Trials = 100 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Tune(
        this SplitPipeline pipeline, Func<SearchSpace, Func<Trial, ITrainer>> space, Func<TuneOptions, TuneOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(space);
        return pipeline.Tune(declared =>
        {
            var build = space(declared);
            return (trial, start) => start.Train(build(trial), file, line);
        }, configure, file, line);
    }

    /// <summary>
    /// Looks for the best of several trainers and their settings within a time, and puts the best together where that is better: <c>.Tune(Tune.Auto(TimeSpan.FromMinutes(10)))</c>. The time is a deadline for all of
    /// it, trials, the ensemble, and what has to be trained again.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="auto">What <see cref="Tune.Auto(TimeSpan)"/> gives.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Metric = Metrics.LogLoss }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Tune(
        this SplitPipeline pipeline, AutoTuning auto, Func<TuneOptions, TuneOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(auto);
        return pipeline.Tune(ModelTraining.Tune.Auto(), _ =>
        {
            var options = configure is null ? auto.Options : configure(auto.Options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
            return options with { Sampler = new DefaultsFirst(options.Sampler, ModelTraining.Tune.TrainerParameter) };
        }, file, line);
    }

    /// <summary>
    /// Looks for the settings of anything that stands behind the split: features, transforms, trainer, calibration, threshold.
    /// <code>
    /// .Tune(space =>
    /// {
    ///     var encoding = space.Choice("encoding", CategoryEncoding.OneHot, CategoryEncoding.Target);
    ///     return (trial, start) => start.Features(o => o with { Encoding = trial.Get(encoding) }).Train(Linear.Logistic());
    /// })
    /// </code>
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="space">Declares the parameters, and gives the function that makes of their values the stages from the split to the model.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Trials = 100 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Tune(
        this SplitPipeline pipeline, Func<SearchSpace, Func<Trial, SplitPipeline, TrainedPipeline>> space, Func<TuneOptions, TuneOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(space);
        return pipeline.Plan.Tuned(TunedSpace.Declare(space), configure, file, line);
    }

    /// <summary>
    /// Looks for the settings of anything, stages before the split too: cleaning, and stages of your own.
    /// <code>
    /// Pipeline.From(data).Tune(space =>
    /// {
    ///     var far = space.Float("outliers beyond", 1.5, 6).StartAt(3);
    ///     return (trial, start) => start.Clean(o => o with { Outliers = Outliers.Iqr(trial.Get(far)).Clip() }).Split().Train(Trees.GradientBoosting());
    /// })
    /// </code>
    /// All trials are judged by the same rows, known by their place in the source: those that <c>Split</c> gives with the first settings (of <see cref="Parameter{T}.StartAt"/>). A trial whose stages drop one of
    /// them, or change the label, fails with that reason; of the training rows it may drop some. Rows that the first settings drop are in no trial.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="space">Declares the parameters, and gives the function that makes of their values the stages from the data to the model, one <c>Split</c> among them.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Trials = 100 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Tune(
        this DataPipeline pipeline, Func<SearchSpace, Func<Trial, DataPipeline, TrainedPipeline>> space, Func<TuneOptions, TuneOptions>? configure = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(space);
        return pipeline.Plan.Tuned(TunedSpace.Declare(space), configure, file, line);
    }

    private static TrainedPipeline Tuned(this PipelinePlan plan, TunedSpace space, Func<TuneOptions, TuneOptions>? configure, string file, int line)
    {
        var options = new TuneOptions();
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new TrainedPipeline(plan.Then(new TuneStep(space, options), file, line));
    }
}
