using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace ModelTraining;

/// <summary>Trains what AutoML proposes on the features of the pipeline, in a context of its own, and measures it as the pipeline measures.</summary>
internal sealed class TrialRunner(SweepablePipeline pipeline, TrainingData data, FeatureView training, IMetric metric, int seed, TrainingContext context, TrialResults results) : ITrialRunner
{
    // AutoML's own name for its pipeline among the parameters, and for the estimators of it that are chosen.
    private const string Pipeline = "_pipeline_", Chosen = "_SCHEMA_";
    private const int MostFailuresAtFirst = 10;

    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        var started = context.Time.GetTimestamp();
        using var scope = new ContextScope(seed, context, ct);
        try
        {
            return Task.FromResult<TrialResult>(Train(settings, scope.Context, started, ct));
        }
        catch (Exception exception) when (!ct.IsCancellationRequested && (results.Best is not null || results.Trials.Count < MostFailuresAtFirst))
        {
            // AutoML itself would give up where the first trial fails, though others may do better.
            var failed = new AutoMLTrial(settings.TrialId + 1, results.NameOf(settings), Options(settings), null, context.Time.GetElapsedTime(started), exception.Message);
            return Task.FromResult<TrialResult>(new TriedModel(failed) { TrialSettings = settings, Loss = double.MaxValue });
        }
    }

    public void Dispose()
    {
    }

    private TriedModel Train(TrialSettings settings, MLContext trial, long started, CancellationToken cancellationToken)
    {
        var request = new FitRequest(trial, data.Target, training, null, data.Weights.IsEmpty ? null : FeatureView.Weight, context.Threads, seed);
        var name = results.NameOf(settings);
        var transformer = Fitting.Run(name, () => Fitting.Calibrated(request, pipeline.BuildFromOption(trial, settings.Parameter[Pipeline]).Fit(training).LastTransformer), cancellationToken);
        var model = new MLNetModel(trial, transformer, new FeatureView(data.Features, default).Schema) { Trainer = name, Features = data.Features.Features, Task = data.Target.Task, Classes = data.Target.Classes };
        model.ThrowIfOutputsAreUnfit(data, name);
        var score = Score(model);
        cancellationToken.ThrowIfCancellationRequested();
        if (!double.IsFinite(score)) throw new ModelTrainingException("MT3300", FormattableString.Invariant($"The {metric.Key} on the validation part is {score}."));
        var elapsed = context.Time.GetElapsedTime(started);
        return new TriedModel(new AutoMLTrial(settings.TrialId + 1, name, Options(settings), score, elapsed, null))
        {
            TrialSettings = settings,
            Context = trial,
            Model = transformer,
            Importances = TreeImportances.Of(transformer, Uncalibrated, data.Features.Features),
            Metric = score,
            Loss = metric.Direction == MetricDirection.LowerIsBetter ? score : -score,
            DurationInMilliseconds = elapsed.TotalMilliseconds,
        };
    }

    private double Score(MLNetModel model)
    {
        var rows = data.ValidationRows.Span;
        var outputs = new float[rows.Length * model.OutputCount];
        model.Predict(data.Features, rows, outputs, context.Threads);
        var targets = new float[rows.Length];
        var weights = new float[data.Weights.IsEmpty ? 0 : rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            targets[i] = data.Target.Values[rows[i]];
            if (weights.Length > 0) weights[i] = data.Weights[rows[i]];
        }

        var state = metric.Start(data.Target.Classes.Count);
        state.Update(new PredictionBatch(targets, outputs, weights));
        return state.Compute();
    }

    private static Dictionary<string, string> Options(TrialSettings settings)
    {
        var parameters = settings.Parameter[Pipeline];
        return parameters[parameters[Chosen].AsType<string>()].Where(option => !option.Key.EndsWith("ColumnName", StringComparison.Ordinal)).ToDictionary(option => option.Key, option => option.Value.ToString());
    }

    private static object? Uncalibrated(object? model) => model switch
    {
        CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> calibrated => calibrated.SubModel,
        CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> calibrated => calibrated.SubModel,
        _ => model,
    };
}
