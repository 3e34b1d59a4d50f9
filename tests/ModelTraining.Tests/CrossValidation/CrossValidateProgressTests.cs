using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.CrossValidation;

/// <summary>What a cross-validation tells on its way, and how it ends before its end.</summary>
internal sealed class CrossValidateProgressTests
{
    [Test]
    public async Task CrossValidate_tellsWhereItIs_andTrackersEachFold()
    {
        var reports = new List<TrainingProgress>();
        var tracker = new MetricTracker();
        var run = await Pipeline.From(Given.Shop(300)).CrossValidate(3, o => o with { ParallelFolds = 2 }).Train(Given.SmallTrees).Evaluate().WithProgress(new DirectProgress<TrainingProgress>(reports.Add)).WithTracker(tracker).RunAsync();

        var own = reports.Where(report => report.Stage == "CrossValidate" && report.Unit == "folds").ToList();
        Assert.That(own.Select(report => report.Completed), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(own[2].Total, Is.EqualTo(3));
        Assert.That(own[2].Remaining, Is.Not.Null);
        Assert.That(reports.Where(report => report.Stage == "Train").Select(report => report.Fold).Distinct(), Is.EquivalentTo(new[] { 0, 1, 2, 3 }), "0 is the model of all rows");
        Assert.That(reports.Where(report => report.Fold > 0).Select(report => report.FoldCount).Distinct(), Is.EqualTo(new[] { 3 }));
        Assert.That(tracker.Metrics.Where(metric => metric.Key == "fold_roc_auc").OrderBy(metric => metric.Step).Select(metric => (metric.Step, metric.Value)), Is.EqualTo(run.CrossValidation.Folds.Select((fold, i) => ((long?)(i + 1), fold.Metrics["roc_auc"]))));
        Assert.That(tracker.Metrics.Single(metric => metric.Key == "mean_roc_auc").Value, Is.EqualTo(run.CrossValidation["roc_auc"].Mean));
        Assert.That(tracker.Metrics.Single(metric => metric.Key == "std_roc_auc").Value, Is.EqualTo(run.CrossValidation["roc_auc"].StandardDeviation));
        Assert.That(tracker.Metrics.Where(metric => metric.Key == "validation_log_loss").Select(metric => metric.Step), Is.EquivalentTo(Enumerable.Range(1, 20)), "the curve is that of the model of all rows");
    }

    [Test]
    public async Task CrossValidate_warningsOfFolds_areSaidOnce()
    {
        var trainer = new FunctionTrainer((data, context, token) =>
        {
            context.Warn("The sea is calm.");
            context.Warn($"{data.TrainingRows.Length} rows are few.");
            if (data.TrainingRows.Span[0] != 0) context.Warn("The first row is missing.");
            return Baselines.Constant().TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult();
        });
        var run = await Pipeline.From(Given.Shop(100)).CrossValidate(3, o => o with { Shuffle = false, Validation = 0 }).Train(trainer).RunAsync();

        Assert.That(run.Warnings, Is.EqualTo(new[] { "The sea is calm.", "66 rows are few. (fold 1, and alike in the others)", "The first row is missing. (fold 1)", "100 rows are few." }));
    }

    [Test]
    public void CrossValidate_aFoldThatFails_saysWhere()
    {
        var calls = 0;
        var broken = new FunctionTrainer((data, context, token) =>
        {
            if (Interlocked.Increment(ref calls) == 2) throw new InvalidOperationException("the disc is full");
            return Baselines.Constant().TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult();
        });
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(100)).CrossValidate(3, o => o with { ParallelFolds = 1 }).Train(broken).RunAsync())!;

        Assert.That(thrown.Message, Is.EqualTo("MT3000: Train failed: the disc is full (stage 4 of 4, Train, CrossValidateProgressTests.cs:" + thrown.Message.Split("CrossValidateProgressTests.cs:")[1]).And.EndsWith(", fold 2 of 3)"));
        Assert.That(calls, Is.EqualTo(2), "the third fold was not begun");
    }

    [Test]
    public void CrossValidate_cancelledInAFold_isCancelled()
    {
        using var cancel = new CancellationTokenSource();
        var calls = 0;
        var trainer = new FunctionTrainer((data, context, token) =>
        {
            if (Interlocked.Increment(ref calls) == 2) cancel.Cancel();
            return Given.SmallTrees.TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult();
        });

        Assert.CatchAsync<OperationCanceledException>(() => Pipeline.From(Given.Shop(200)).CrossValidate(3, o => o with { ParallelFolds = 1 }).Train(trainer).Evaluate().RunAsync(cancel.Token));
        Assert.That(calls, Is.EqualTo(2));
    }

    [Test]
    public async Task CrossValidate_cancelledInTheRefit_keepsTheBestSoFar_andAllThatFoldsMeasured()
    {
        using var cancel = new CancellationTokenSource();
        var reports = new DirectProgress<TrainingProgress>(report =>
        {
            if (report is { Stage: "Train", Fold: 0, Completed: > 0 }) cancel.Cancel();
        });
        var run = await Pipeline.From(Given.Shop(200)).CrossValidate(2).Train(Trees.GradientBoosting(o => o with { Trees = 3000 })).Evaluate().WithProgress(reports).RunAsync(cancel.Token);

        Assert.That(run.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(run.CrossValidation.Folds, Has.Count.EqualTo(2));
        Assert.That(run.Evaluation.RowCount, Is.EqualTo(run.Table.RowCount));
    }

    [Test]
    public async Task CrossValidate_withCheckpoints_keepsThoseOfEachFoldApart()
    {
        using var folder = new TemporaryFolder();
        Task<PipelineRun> Run() => Pipeline.From(Given.Shop(200)).CrossValidate(2).Train(Networks.Mlp(o => o with { Epochs = 2, Hidden = [8] })).Evaluate().WithCheckpoints(folder.Path, TimeSpan.Zero).RunAsync();
        var run = await Run();

        Assert.That(Directory.GetDirectories(folder.Path).Select(Path.GetFileName), Is.SupersetOf(new[] { "fold-1", "fold-2" }));
        var again = await Run();
        Assert.That(again.CrossValidation.Folds.Select(fold => fold.Metrics["log_loss"]), Is.EqualTo(run.CrossValidation.Folds.Select(fold => fold.Metrics["log_loss"])));
    }

    private sealed class MetricTracker : IRunTracker, ITrackedRun
    {
        public List<RunMetric> Metrics { get; } = [];

        public ValueTask<ITrackedRun> StartAsync(RunStart start, CancellationToken cancellationToken = default) => new(this);

        public void Log(RunMetric metric) => Metrics.Add(metric);

        public ValueTask AddArtifactAsync(string name, Stream content, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask EndAsync(RunEnd end, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
