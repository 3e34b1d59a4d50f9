using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tracking;

internal sealed class FileTrackerTests
{
    private TemporaryFolder _folder = null!;
    private FileTracker _tracker = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _tracker = new FileTracker(_folder.File("runs"));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Runs_afterARun_haveOptionsCurveMetricsAndFiles()
    {
        var store = new FileModelStore(_folder.File("models"));
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().Export(_folder.File("a/shop.onnx")).Export(_folder.File("b/shop.onnx")).Export(store, "shop")
            .WithName("nightly").WithSeed(7).WithTracker(_tracker).RunAsync();

        var tracked = _tracker.Runs().Single();
        var history = run.Model.History!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tracked.Name, Is.EqualTo("nightly"));
            Assert.That(tracked.Outcome, Is.EqualTo(RunOutcome.Completed));
            Assert.That(tracked.EndedAt, Is.GreaterThanOrEqualTo(tracked.StartedAt));
            Assert.That(tracked.Error, Is.Null);
            Assert.That(tracked.Models, Is.EqualTo(new[] { "shop/1" }));
            Assert.That(tracked.Warnings, Is.EqualTo(run.Warnings));
            Assert.That(tracked.Options["Seed"], Is.EqualTo("7"));
            Assert.That(tracked.Options["Trainer"], Is.EqualTo("Trees.GradientBoosting"));
            Assert.That(tracked.Options["Train.Trees"], Is.EqualTo("20"));
            Assert.That(tracked.Options["Stages"], Does.StartWith("Read → Clean → Split"));
            Assert.That(tracked.Metrics["test_roc_auc"], Is.EqualTo(run.Evaluation["roc_auc"]));
            Assert.That(tracked.Metrics["baseline_roc_auc"], Is.EqualTo(0.5).Within(1e-9));
            Assert.That(Curve(tracked, "train_log_loss"), Is.EqualTo(history.Training));
            Assert.That(Curve(tracked, "validation_log_loss"), Is.EqualTo(history.Validation));
            Assert.That(tracked.Artifacts.Select(path => Path.GetFileName(path)), Is.EqualTo(new[] { "2-shop.onnx", "report.html", "shop.onnx" }));
            Assert.That(File.ReadAllBytes(tracked.Artifacts[2]), Is.EqualTo(File.ReadAllBytes(_folder.File("a/shop.onnx"))));
            Assert.That(File.ReadAllText(tracked.Artifacts[1]), Does.StartWith("<!DOCTYPE html>").IgnoreCase);
        }
    }

    [Test]
    public async Task Runs_ofATunedRun_haveTheBestAfterEachTrial_andTheCurveOfItsModel()
    {
        var run = await Given.ShopPipeline().Tune(Tune.GradientBoosting(o => o with { Trees = 6 }), o => o with { Trials = 3 }).WithTracker(_tracker).RunAsync();

        var tracked = _tracker.Runs().Single();
        Assert.That(Curve(tracked, "best_roc_auc").Count(), Is.EqualTo(3));
        Assert.That(Curve(tracked, "best_roc_auc"), Is.Ordered);
        Assert.That(Curve(tracked, "best_roc_auc").Last(), Is.EqualTo(run.Report<TuneReport>()!.Best.Value));
        Assert.That(Curve(tracked, "validation_log_loss"), Is.EqualTo(run.Model.History!.Validation));
    }

    [Test]
    public async Task Runs_whileARunGoesOn_haveWhatItSaidSoFar()
    {
        var run = await _tracker.StartAsync(new RunStart { Name = "long", StartedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        run.Log(new RunMetric("train_log_loss", 0.5, 1));
        run.Log(new RunMetric("train_log_loss", double.NaN, 2));
        var meanwhile = _tracker.Runs().Single();

        // As if the process had been killed in the middle of a line.
        await run.EndAsync(new RunEnd { Outcome = RunOutcome.Failed, EndedAt = DateTimeOffset.UnixEpoch, Error = "No power." });
        await File.AppendAllTextAsync(Path.Combine(meanwhile.Folder, "metrics.jsonl"), "{\"key\":\"train_lo");

        var ended = _tracker.Runs().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(meanwhile.Outcome, Is.EqualTo(RunOutcome.Running));
            Assert.That(meanwhile.EndedAt, Is.Null);
            Assert.That(meanwhile.Id, Does.StartWith("20260101-000000-"));
            Assert.That(Curve(meanwhile, "train_log_loss"), Is.EqualTo(new[] { 0.5, double.NaN }));
            Assert.That(ended.Outcome, Is.EqualTo(RunOutcome.Failed));
            Assert.That(ended.Error, Is.EqualTo("No power."));
            Assert.That(ended.Steps, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public void Runs_ofAFailedRun_haveTheError()
    {
        var pipeline = Given.ShopPipeline().Train(new FunctionTrainer((_, _, _) => throw new InvalidOperationException("No tree grows here."))).WithTracker(_tracker);

        Assert.That(async () => await pipeline.RunAsync(), Throws.TypeOf<ModelTrainingException>());
        var tracked = _tracker.Runs().Single();
        Assert.That(tracked.Outcome, Is.EqualTo(RunOutcome.Failed));
        Assert.That(tracked.Error, Does.Contain("MT3000").And.Contain("No tree grows here."));
    }

    [Test]
    public void Runs_ofARunCancelledBeforeItHadAModel_saySo()
    {
        using var cancel = new CancellationTokenSource();
        var stage = new FunctionStage("Slow", (table, _) =>
        {
            cancel.Cancel();
            return table;
        });
        var pipeline = Pipeline.From(Given.Shop()).Use(stage).Split().Train(Given.SmallTrees).WithTracker(_tracker);

        Assert.That(async () => await pipeline.RunAsync(cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_tracker.Runs().Single().Outcome, Is.EqualTo(RunOutcome.Cancelled));
    }

    [Test]
    public void Runs_ofNone_areEmpty_andOtherFoldersAreNoRuns()
    {
        Assert.That(_tracker.Runs(), Is.Empty);
        Directory.CreateDirectory(Path.Combine(_tracker.Folder, "notes"));
        Assert.That(_tracker.Runs(), Is.Empty);
    }

    [Test]
    public async Task Runs_fromManyThreads_areEachTheirOwn_newestFirst()
    {
        await Parallel.ForAsync(0, 16, async (i, _) =>
        {
            // As many trackers as there could be processes.
            var run = await new FileTracker(_tracker.Folder).StartAsync(new RunStart { Name = $"run {i}", StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(i / 2) }, CancellationToken.None);
            for (var step = 1; step <= 50; step++) run.Log(new RunMetric("loss", i, step));
            await run.EndAsync(new RunEnd { Outcome = RunOutcome.Completed, EndedAt = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        });

        var runs = _tracker.Runs();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs.Select(run => run.Name), Is.EquivalentTo(Enumerable.Range(0, 16).Select(i => $"run {i}")));
            Assert.That(runs.Select(run => run.StartedAt), Is.Ordered.Descending);
            foreach (var run in runs) Assert.That(run.Steps.Select(step => $"run {step.Value}").ToList(), Has.Count.EqualTo(50).And.All.EqualTo(run.Name));
        }
    }

    [TestCase("run.json", "{", "run.json'")]
    [TestCase("run.json", "null", "run.json'")]
    [TestCase("run.json", "{\"name\":\"a\"}", "run.json'")]
    [TestCase("metrics.jsonl", "{\"key\":\"a\",\"value\":1}\nnonsense\n", "line 2")]
    [TestCase("metrics.jsonl", "{\"value\":1}\n", "line 1")]
    [TestCase("metrics.jsonl", "\nnull\n", "line 2")]
    public async Task Runs_ofAMalformedFile_nameItAndTheLine(string file, string content, string place)
    {
        await _tracker.StartAsync(new RunStart { Name = "a", StartedAt = DateTimeOffset.UnixEpoch });
        File.WriteAllText(Path.Combine(_tracker.Runs().Single().Folder, file), content);

        Assert.That(() => _tracker.Runs(), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4321").And.Message.Contains(file).And.Message.Contains(place));
    }

    [TestCase("../out.txt")]
    [TestCase("a/b")]
    [TestCase("")]
    public async Task AddArtifact_hostileName_isRefused(string name)
    {
        var run = await _tracker.StartAsync(new RunStart { Name = "../a", StartedAt = DateTimeOffset.UnixEpoch });

        Assert.That(async () => await run.AddArtifactAsync(name, Stream.Null), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4310"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Length.EqualTo(1), "a run's name is no file's");
    }

    [Test]
    public void Start_whereNothingCanBeWritten_failsBeforeAnythingIsRead()
    {
        File.WriteAllText(_tracker.Folder, "a file in the folder's place");
        var source = new CountingSource(Given.Shop());

        Assert.That(async () => await Pipeline.From(source).WithTracker(_tracker).RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4001"));
        Assert.That(source.Reads, Is.Zero);
    }

    private static IEnumerable<double> Curve(TrackedRun run, string key) => run.Steps.Where(step => step.Key == key).OrderBy(step => step.Step).Select(step => step.Value);
}
