using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace ModelTraining.Tests.Pipelines;

internal sealed class PipelineRunTests
{
    [Test]
    public async Task RunAsync_wholePipeline_readsTheSourceOnceAndBeatsTheBaseline()
    {
        var source = new CountingSource(Given.Shop());
        using var folder = new TemporaryFolder();

        var run = await Pipeline.From(source).Clean().Split().Train(Given.SmallTrees).Evaluate().Export(folder.File("shop.onnx")).RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(source.Reads, Is.EqualTo(1));
            Assert.That(run.Status, Is.EqualTo(RunStatus.Completed));
            Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.9));
            Assert.That(run.Evaluation.Baseline["roc_auc"], Is.EqualTo(0.5).Within(1e-9));
            Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
            Assert.That(run.Timings.Select(timing => timing.Stage), Is.EqualTo(new[] { "Read", "Clean", "Split", "Prepare", "Train", "Evaluate", "Export" }));
        });
    }

    [Test]
    public async Task RunAsync_sameSeed_givesTheSameBytesAtAnyThreadCount()
    {
        async Task<byte[]> Export(int threads, ulong seed)
        {
            using var folder = new TemporaryFolder();
            await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().Export(folder.File("shop.onnx"))
                .WithSeed(seed).WithThreads(threads).WithTime(new StoppedClock()).RunAsync();
            return await File.ReadAllBytesAsync(folder.File("shop.onnx"));
        }

        var one = await Export(threads: 1, seed: 7);

        Assert.That(await Export(threads: 1, seed: 7), Is.EqualTo(one));
        Assert.That(await Export(threads: 3, seed: 7), Is.EqualTo(one));
        Assert.That(await Export(threads: 1, seed: 8), Is.Not.EqualTo(one));
    }

    [Test]
    public async Task With_changedSetting_leavesTheEarlierPipelineAsItWas()
    {
        var shared = Given.ShopPipeline().Train(Given.SmallTrees);
        var evaluated = shared.Evaluate();
        var seeded = shared.WithSeed(99);

        Assert.Multiple(() =>
        {
            Assert.That(shared.ToString(), Is.EqualTo("Read → Clean → Split → Prepare → Train"));
            Assert.That(evaluated.ToString(), Is.EqualTo("Read → Clean → Split → Prepare → Train → Evaluate"));
        });
        Assert.That((await shared.RunAsync()).Seed, Is.EqualTo(42));
        Assert.That((await seeded.RunAsync()).Seed, Is.EqualTo(99));
    }

    [Test]
    public async Task RunAsync_withoutEvaluate_runsAndSaysWhatIsNotThere()
    {
        var run = await Pipeline.From(Given.Shop()).Clean().RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.Table.RowCount, Is.EqualTo(600));
            Assert.That(run.Report<CleanReport>(), Is.Not.Null);
            Assert.That(() => run.Model, Throws.InvalidOperationException.With.Message.Contains("Train"));
            Assert.That(() => run.Evaluation, Throws.InvalidOperationException.With.Message.Contains("Evaluate"));
        });
    }

    [Test]
    public async Task RunAsync_cancelledWhileTraining_keepsTheBestModelSoFarAndExportsIt()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var trees = 0L;

        var run = await Given.ShopPipeline()
            .Train(Trees.GradientBoosting(options => options with { Trees = 100_000, Patience = 100_000 }))
            .Evaluate()
            .Export(folder.File("shop.onnx"))
            .WithProgress(progress =>
            {
                if (progress is not { Stage: "Train", Completed: >= 5 } || cancel.IsCancellationRequested) return;
                trees = progress.Completed;
                cancel.Cancel();
            })
            .RunAsync(cancel.Token);

        using var predictor = Predictor.Load(folder.File("shop.onnx"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Status, Is.EqualTo(RunStatus.Cancelled));
            Assert.That(run.Model.History!.BestStep, Is.InRange(1, trees + 1));
            Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.7));
            Assert.That(predictor.Manifest.Status, Is.EqualTo(RunStatus.Cancelled));
        });
    }

    [TestCase("Read")]
    [TestCase("Clean")]
    [TestCase("Split")]
    [TestCase("Prepare")]
    public void RunAsync_cancelledBeforeThereIsAModel_throwsAndWritesNothing(string stage)
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var pipeline = Given.ShopPipeline().Train(Given.SmallTrees).Export(folder.File("shop.onnx"))
            .WithProgress(progress => { if (progress.Stage == stage) cancel.Cancel(); });

        Assert.ThrowsAsync<OperationCanceledException>(() => pipeline.RunAsync(cancel.Token));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task RunAsync_progress_countsStagesUpAndEstimatesTheTimeLeft()
    {
        var reports = new List<TrainingProgress>();

        await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().WithProgress(reports.Add).RunAsync();

        var training = reports.Where(report => report is { Stage: "Train", Completed: > 0 }).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(reports.Select(report => report.StageNumber), Is.Ordered);
            Assert.That(reports.Select(report => report.StageNumber).Distinct(), Is.EqualTo(Enumerable.Range(1, 6)));
            Assert.That(reports, Has.All.Property(nameof(TrainingProgress.StageCount)).EqualTo(6));
            Assert.That(training, Is.Not.Empty);
            Assert.That(training.Select(report => report.Completed), Is.Ordered);
            Assert.That(training[^1].ValidationScore, Is.Not.Null);
            Assert.That(training[0].Remaining, Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        });
    }

    [Test]
    public async Task RunAsync_logsTracesAndMeasuresUnderOneName()
    {
        var log = new ListLogger();
        var spans = new List<string>();
        var stages = new List<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "ModelTraining",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => spans.Add(activity.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == "ModelTraining") self.EnableMeasurementEvents(instrument); },
        };
        meters.SetMeasurementEventCallback<double>((_, _, tags, _) => stages.Add(tags[0].Value as string));
        meters.Start();

        await Given.ShopPipeline().Train(Given.SmallTrees).WithLogger(log).RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(log.Entries.Select(entry => entry.Id), Does.Contain(1).And.Contain(2).And.Contain(4));
            Assert.That(spans, Is.SupersetOf(new[] { "Read", "Clean", "Split", "Prepare", "Train", "run" }));
            Assert.That(stages, Is.SupersetOf(new[] { "Read", "Clean", "Split", "Prepare", "Train" }));
        });
    }

    [Test]
    public async Task Use_transformOfMyOwn_isFittedOnTrainingRowsAndExported()
    {
        var transform = new HalveTransform("spent");

        var run = await Given.ShopPipeline().Use(transform).Train(Given.SmallTrees).Evaluate().RunAsync();

        using var predictor = run.CreatePredictor();
        Assert.Multiple(() =>
        {
            Assert.That(transform.RowsSeen, Is.EqualTo(run.Split.TrainingRows.Length));
            Assert.That(predictor.Manifest.Inputs.Select(input => input.Name), Does.Contain("spent").And.Not.Contain("customer"));
        });
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    private sealed class ListLogger : ILogger
    {
        public List<(int Id, LogLevel Level, string Text)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Entries.Add((eventId.Id, logLevel, formatter(state, exception)));
    }
}
