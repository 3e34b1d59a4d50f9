using System.Diagnostics;

namespace ModelTraining.Tests;

/// <summary>The search for a trainer and its options, by ML.NET's AutoML itself.</summary>
internal sealed class AutoMLTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Test]
    public void AutoML_model_isThatOfTheBestTrial([Values] LearningTask task, [Values] bool weighted)
    {
        var sample = new Sample(task, rows: 400, validation: 100, weighted: weighted);
        var model = (AutoMLModel)sample.Train(MLNet.AutoML(Long, o => o with { MaximumNumberOfTrials = 4, Seed = 1 }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.Trials.Select(trial => trial.Number), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That(model.Trials.Select(trial => trial.Reason), Is.All.Null);
            Assert.That(model.Best.Score, Is.EqualTo(model.Trials.Min(trial => trial.Score)));
            Assert.That(model.Best.Options, Is.Not.Empty);
            Assert.That(model.Trainer, Is.EqualTo($"MLNet.AutoML({model.Best.Trainer})"));
            Assert.That(model.History!.Metric, Is.EqualTo(task == LearningTask.Regression ? "rmse" : "log_loss"));
            Assert.That(model.History.Validation[model.History.BestStep - 1], Is.EqualTo(model.Best.Score));
            Assert.That(Measured(sample, model, task == LearningTask.Regression ? Metrics.RootMeanSquaredError : Metrics.LogLoss), Is.EqualTo(model.Best.Score!.Value).Within(1e-6));
            Assert.That(model.Status, Is.EqualTo(RunStatus.Completed));
        }
    }

    [Test]
    public void AutoML_metric_isThatAskedFor()
    {
        var sample = new Sample(LearningTask.BinaryClassification, rows: 400, validation: 100);
        var model = (AutoMLModel)sample.Train(MLNet.AutoML(Long, o => o with { MaximumNumberOfTrials = 4, Metric = Metrics.AreaUnderRocCurve }));
        Assert.That(model.Best.Score, Is.EqualTo(model.Trials.Max(trial => trial.Score)));
        Assert.That(Measured(sample, model, Metrics.AreaUnderRocCurve), Is.EqualTo(model.Best.Score));
    }

    [Test]
    public async Task AutoML_inAPipeline_isExportedAndReported()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Csv.File(TestData.Shared("tabular/breast-cancer-wdbc.csv"), label: "label")).Clean().Split()
            .Train(MLNet.AutoML(Long, o => o with { MaximumNumberOfTrials = 6 })).Evaluate().Export(folder.File("model.onnx")).RunAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.97));
            Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
            Assert.That(run.ToHtml(), Does.Contain("AutoML made 6 trials, 0 of which failed. The model is that of trial").And.Contain("(trials)"));
        }
    }

    // A time budget makes what is found depend on the machine; here every trainer that may be chosen goes through.
    [Test]
    public async Task AutoML_whateverIsChosen_isConverted([Values] LearningTask task, [Values("FastTree", "FastForest", "LightGbm", "Lbfgs", "Sdca")] string name)
    {
        var sample = new Sample(task, rows: 300, validation: 100);
        var model = (AutoMLModel)sample.Train(MLNet.AutoML(Long, o => o with
        {
            MaximumNumberOfTrials = 2,
            UseFastTree = name == "FastTree",
            UseFastForest = name == "FastForest",
            UseLightGbm = name == "LightGbm",
            UseLbfgs = name == "Lbfgs",
            UseSdca = name == "Sdca",
        }));
        Assert.That(model.Trials.Select(trial => trial.Trainer), Is.All.StartsWith(name));
        Assert.That(model.ConversionProblem(), Is.Null);
        Assert.That(model.Importances, name is "Lbfgs" or "Sdca" || task == LearningTask.MulticlassClassification && name != "LightGbm" ? Is.Empty : Is.Not.Null);
        await Task.CompletedTask;
    }

    [Test]
    public void AutoML_trials_areToldAsTheyRun()
    {
        var sample = new Sample(LearningTask.BinaryClassification, rows: 400, validation: 100);
        var told = new List<TrainingProgress>();
        var scored = new List<(int Step, double Score)>();
        var model = (AutoMLModel)Train(sample, MLNet.AutoML(Long, o => o with { MaximumNumberOfTrials = 3 }), new TrainingContext { Progress = new Told(told), Scored = (step, score) => scored.Add((step, score)) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Select(report => report.Detail).Distinct(), Is.EqualTo(model.Trials.Select(trial => $"trial {trial.Number}, {trial.Trainer}")));
            Assert.That(told.Where(report => report.Completed > 0).Select(report => report.ValidationScore), Is.SupersetOf(model.Trials.Select(trial => trial.Score)));
            Assert.That(told.Select(report => report.Metric), Is.All.EqualTo("log_loss"));
            Assert.That(told.Select(report => report.Remaining), Is.All.InRange(TimeSpan.Zero, Long));
            Assert.That(scored.Select(one => one.Step), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(scored[^1].Score, Is.EqualTo(model.Best.Score));
        }
    }

    [Test]
    public void AutoML_trialsThatFail_keepTheirReasons_andOthersGoOn()
    {
        // Poisson regression takes no negative numbers; it is the first that is tried.
        var sample = Negative();
        var model = (AutoMLModel)sample.Train(MLNet.AutoML(Long, o => o with { MaximumNumberOfTrials = 12, UseFastForest = false, UseFastTree = false, UseLightGbm = false, Seed = 1 }));
        var failed = model.Trials.Where(trial => trial.Reason is not null).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.Best.Trainer, Does.StartWith("Sdca"));
            Assert.That(failed.Select(trial => trial.Trainer), Is.Not.Empty.And.All.StartsWith("LbfgsPoisson"));
            Assert.That(failed.Select(trial => trial.Reason), Is.All.Contains("negative"));
            Assert.That(failed.Select(trial => trial.Score), Is.All.Null);
            Assert.That(sample.Warnings.Single(), Does.Contain($"{failed.Count} trial").And.Contain("LbfgsPoisson").And.Contain("negative"));
            Assert.That(sample.Log.Where(said => said.Level == TraceLevel.Info).Select(said => said.Message), Has.Some.Contains("failed: ").And.Some.Contains("SdcaRegression: rmse"));
        }
    }

    [Test]
    public void AutoML_whenAllFail_givesUpWithTheReasons()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Negative().Train(MLNet.AutoML(Long, o => o with { UseFastForest = false, UseFastTree = false, UseLightGbm = false, UseSdca = false })));
        Assert.That(error!.Message, Does.StartWith("MT3309: No trial of MLNet.AutoML").And.Contain("10 trials of LbfgsPoisson").And.Contain("negative").And.Contain("leave out the trainers"));
    }

    [Test]
    public void AutoML_cancelled_keepsTheBestSoFar()
    {
        var sample = new Sample(LearningTask.BinaryClassification, rows: 400, validation: 100);
        using var source = new CancellationTokenSource();
        var context = new TrainingContext { Scored = (step, _) => { if (step == 2) source.Cancel(); } };
        var model = (AutoMLModel)Train(sample, MLNet.AutoML(Long), context, source.Token);
        Assert.That(model.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(model.Trials, Has.Count.EqualTo(2));
        Assert.That(sample.Predict(model).Where(float.IsFinite), Has.Exactly(800).Items);
    }

    [Test]
    public void AutoML_cancelledInTheFirstTrial_throwsThat()
    {
        var sample = new Sample(LearningTask.BinaryClassification, rows: 400, validation: 100);
        using var source = new CancellationTokenSource();
        var context = new TrainingContext { Progress = new Told([], _ => source.Cancel()) };
        Assert.That(() => Train(sample, MLNet.AutoML(Long), context, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void AutoML_timeOverBeforeTheFirstTrial_isNamed()
    {
        var sample = new Sample(LearningTask.BinaryClassification, rows: 400, validation: 100);
        var error = Assert.Throws<ModelTrainingException>(() => Train(sample, MLNet.AutoML(Long), new TrainingContext { Time = new OverAtOnce() }));
        Assert.That(error!.Message, Does.StartWith("MT3309").And.Contain("00:05:00").And.Contain("Give more time"));
    }

    [Test]
    public void AutoML_timeOver_isNoCancelling()
    {
        var sample = new Sample(LearningTask.BinaryClassification, rows: 400, validation: 100);
        var time = new OverWhenTold();
        var model = Train(sample, MLNet.AutoML(Long), new TrainingContext { Time = time, Scored = (step, _) => { if (step == 2) time.Over(); } });
        Assert.That(model.Status, Is.EqualTo(RunStatus.Completed));
        Assert.That(((AutoMLModel)model).Trials, Has.Count.EqualTo(2));
    }

    [Test]
    public void AutoML_withoutValidation_isRefused() =>
        Refused("MT3307", () => new Sample(LearningTask.Regression).Train(MLNet.AutoML(Long)), "Split(validation: 0.1)");

    [Test]
    public void AutoML_metricOfAnotherTask_isRefused() =>
        Refused("MT3308", () => new Sample(LearningTask.Regression, validation: 100).Train(MLNet.AutoML(Long, o => o with { Metric = Metrics.Accuracy })), "accuracy, which is not defined for Regression");

    [Test]
    public void Validate_whatIsWrong_isNamed()
    {
        var problems = MLNet.AutoML(TimeSpan.Zero, o => o with { UseFastForest = false, UseFastTree = false, UseLightGbm = false, UseLbfgs = false, UseSdca = false, MaximumNumberOfTrials = 0 }).Validate().Select(problem => problem.ToString()).ToList();
        Assert.That(problems, Has.Count.EqualTo(3));
        Assert.That(problems[0], Does.StartWith("MT1514").And.Contain("Got 00:00:00").And.Contain("TimeSpan.FromMinutes(5)"));
        Assert.That(problems[1], Does.StartWith("MT1513").And.Contain("UseFastTree"));
        Assert.That(problems[2], Does.StartWith("MT1510").And.Contain("'MaximumNumberOfTrials'").And.Contain("Got 0"));
        Assert.That(MLNet.AutoML(Long).Validate(), Is.Empty);
    }

    private static void Refused(string id, Action train, string part)
    {
        var error = Assert.Throws<ModelTrainingException>(train);
        Assert.That(error!.Message, Does.StartWith(id).And.Contain(part));
    }

    private static MLNetModel Train(Sample sample, ITrainer trainer, TrainingContext context, CancellationToken cancellationToken = default) =>
        (MLNetModel)trainer.TrainAsync(sample.Data, context, cancellationToken).AsTask().GetAwaiter().GetResult();

    private static double Measured(Sample sample, TrainedModel model, IMetric metric)
    {
        var data = sample.Data;
        var rows = data.ValidationRows.ToArray();
        var outputs = new float[rows.Length * model.OutputCount];
        model.Predict(data.Features, rows, outputs);
        var state = metric.Start(data.Target.Classes.Count);
        state.Update(new PredictionBatch([.. rows.Select(row => data.Target.Values[row])], outputs, data.Weights.IsEmpty ? [] : [.. rows.Select(row => data.Weights[row])]));
        return state.Compute();
    }

    private static Sample Negative() => new(LearningTask.Regression, rows: 400, validation: 100, shift: -100);

    private sealed class Told(List<TrainingProgress> reports, Action<TrainingProgress>? then = null) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            reports.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed class OverAtOnce : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class OverWhenTold : TimeProvider
    {
        public Action Over { get; private set; } = static () => { };

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Over = () => callback(state);
            return base.CreateTimer(static _ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
