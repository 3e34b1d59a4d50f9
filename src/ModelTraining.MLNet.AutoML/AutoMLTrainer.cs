using System.Diagnostics;
using Microsoft.ML.AutoML;

namespace ModelTraining;

/// <summary>ML.NET's AutoML as a trainer.</summary>
internal sealed class AutoMLTrainer(TimeSpan timeBudget, AutoMLOptions options) : ITrainer, IHasOptions
{
    public string Name => "MLNet.AutoML";

    // Linear models want like scales; to trees they are all the same.
    public TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public IReadOnlyList<OptionValue> Options => [new OptionValue("TimeBudget", timeBudget.ToString(), false), .. OptionValue.Of(options)];

    public IEnumerable<Problem> Validate()
    {
        if (timeBudget <= TimeSpan.Zero || timeBudget.TotalMilliseconds > int.MaxValue)
        {
            yield return new Problem("MT1514", FormattableString.Invariant($"MLNet.AutoML takes a time budget of more than 0 and at most {TimeSpan.FromMilliseconds(int.MaxValue).TotalDays:F0} days. Got {timeBudget}; give TimeSpan.FromMinutes(5), for example."));
        }

        foreach (var problem in options.Validate()) yield return problem;
    }

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        if (data.ValidationRows.IsEmpty) throw new ModelTrainingException("MT3307", "MLNet.AutoML compares its trials on the validation part, and there is none. Use Split(validation: 0.1).");
        var metric = options.Metric ?? new PlainLoss(data.Target.Task);
        if (!metric.Supports(data.Target.Task)) throw new ModelTrainingException("MT3308", $"The '{nameof(options.Metric)}' option of MLNet.AutoML is {metric.Key}, which is not defined for {data.Target.Task}. Choose one that is.");
        TrainingDataCheck.Throw(data, finiteFeatures: true, severalClasses: true);
        return await Task.Run(() => SearchAsync(data, metric, context, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<TrainedModel> SearchAsync(TrainingData data, IMetric metric, TrainingContext context, CancellationToken cancellationToken)
    {
        var seed = options.Seed ?? Fitting.Seed(context);
        using var time = new CancellationTokenSource(timeBudget, context.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        var quiet = Quiet(context);
        using var scope = new ContextScope(seed, quiet, CancellationToken.None);
        var pipeline = Candidates(scope.Context.Auto(), data);
        var training = new FeatureView(data, data.TrainingRows, keepRows: true, stop.Token, context.Threads);
        var results = new TrialResults(pipeline, metric, timeBudget, options.MaximumNumberOfTrials, context);
        var experiment = scope.Context.Auto().CreateExperiment(new AutoMLExperiment.AutoMLExperimentSettings { Seed = seed })
            .SetPipeline(pipeline)
            .SetMonitor(results)
            .SetTrialRunner(_ => new TrialRunner(pipeline, data, training, metric, seed, quiet, results));
        if (options.MaximumNumberOfTrials is { } most) experiment.SetMaxModelToExplore(most);
        try
        {
            await experiment.RunAsync(stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (results.Best is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Nothing(results, exception);
        }

        foreach (var failure in results.Failures()) context.Warn(failure);
        return Model(results, data, cancellationToken.IsCancellationRequested);
    }

    private AutoMLModel Model(TrialResults results, TrainingData data, bool isCancelled)
    {
        var best = results.Best!;
        return new AutoMLModel(best.Context!, best.Model, new FeatureView(data.Features, default).Schema)
        {
            Trainer = $"{Name}({best.Trial.Trainer})",
            Features = data.Features.Features,
            Task = data.Target.Task,
            Classes = data.Target.Classes,
            Status = isCancelled ? RunStatus.Cancelled : RunStatus.Completed,
            History = results.History,
            Importances = best.Importances,
            Trials = [.. results.Trials],
            Best = best.Trial,
        };
    }

    private SweepablePipeline Candidates(AutoCatalog auto, TrainingData data)
    {
        var weight = data.Weights.IsEmpty ? null : FeatureView.Weight;
        return data.Target.Task switch
        {
            LearningTask.Regression => auto.Regression(FeatureView.Label, FeatureView.Features, weight, options.UseFastForest, options.UseLightGbm, options.UseFastTree, options.UseLbfgs, options.UseSdca),
            LearningTask.BinaryClassification => auto.BinaryClassification(FeatureView.Label, FeatureView.Features, weight, options.UseFastForest, options.UseLightGbm, options.UseFastTree, options.UseLbfgs, options.UseSdca),
            _ => auto.MultiClassification(
                FeatureView.Label, FeatureView.Features, weight, options.UseFastForest, options.UseLightGbm, options.UseFastTree, options.UseLbfgs, options.UseLbfgs, options.UseSdca, options.UseSdca),
        };
    }

    private ModelTrainingException Nothing(TrialResults results, Exception exception)
    {
        var failures = results.Failures().ToList();
        return failures.Count == 0 && exception is TimeoutException
            ? new("MT3309", FormattableString.Invariant($"The time budget of MLNet.AutoML, {timeBudget}, was over before the first trial had ended. Give more time."), exception)
            : new("MT3309", $"No trial of MLNet.AutoML has brought a model. {string.Join(' ', failures)}{(failures.Count == 0 ? exception.Message : "")} Mend the data, or leave out the trainers that can't take it.", exception);
    }

    /// <summary>Trials warn again and again of the same: into the log with it.</summary>
    private static TrainingContext Quiet(TrainingContext context) => new()
    {
        Random = context.Random,
        Threads = context.Threads,
        Time = context.Time,
        Warn = text => context.Log(TraceLevel.Warning, text),
        Log = context.Log,
    };
}
