using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tuning;

internal sealed class TuneMemoryTests
{
    private const long Limit = 12_000_000;

    [Test]
    public async Task Tune_trialsThatWouldNotFitIntoMemory_areSkippedWithTheirReason()
    {
        var run = await Given.ShopPipeline().Tune(Forests(1, 200_000), o => o with { Trials = 16 }).Evaluate().WithMemoryLimit(Limit).RunAsync();
        var report = run.Report<TuneReport>()!;
        var skipped = report.Trials.Where(trial => trial.State == TrialState.Skipped).ToList();

        Assert.That(skipped, Is.Not.Empty);
        Assert.That(report.Trials.Where(trial => trial.State == TrialState.Complete), Is.Not.Empty);
        Assert.That(report.Trials, Has.Count.EqualTo(16), "a skipped trial is one of those asked for");
        Assert.That(skipped.Select(trial => trial.Parameters["trees"]).Min(), Is.GreaterThan(report.Trials.Except(skipped).Max(trial => trial.Parameters["trees"])));
        Assert.That(skipped[0].Reason, Does.StartWith("MT2603: Trees.RandomForest would take about ").And.Contain("11.4 MiB may be used").And.Contain("WithMemoryLimit"));
        Assert.That(report.ToString(), Does.Contain($"0 failed, {skipped.Count} skipped"));
        Assert.That(run.ToHtml(), Does.Contain("Why trials were skipped").And.Contain($"{skipped.Count} skipped"));
    }

    [Test]
    public void Tune_whereNoTrialFitsIntoMemory_saysWhy()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Tune(Forests(100_000, 200_000), o => o with { Trials = 3 }).WithMemoryLimit(Limit).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT2600"));
        Assert.That(thrown.Message, Does.Contain("would take about").And.Contain("Tune, TuneMemoryTests.cs:"));
    }

    [Test]
    public async Task Tune_featuresThatWouldNotFit_areSkippedBeforeTheyAreMade()
    {
        var rows = Enumerable.Range(0, 2_000).Select(i => new Visit(i % 400, i % 2 == 0 ? "yes" : "no")).ToList();
        var source = Csv.Text("page,bought\n" + string.Concat(rows.Select(row => $"p{row.Page},{row.Bought}\n")), label: "bought");
        var run = await Pipeline.From(source).Split().Tune(
            space =>
            {
                var most = space.Choice("most", 4, 400).StartAt(4);
                return (trial, start) => start.Features(o => o with { Encoding = CategoryEncoding.OneHot, OneHotMaxCategories = trial.Get(most) }).Train(Linear.Logistic());
            },
            o => o with { Trials = 2, Sampler = new GridSampler() }).WithMemoryLimit(2_000_000).RunAsync();
        var trials = run.Report<TuneReport>()!.Trials;

        Assert.That(trials.Select(trial => trial.State), Is.EqualTo(new[] { TrialState.Complete, TrialState.Skipped }));
        Assert.That(trials[1].Reason, Does.Contain("its features would take about 6.1 MiB"));
    }

    [Test]
    public void Check_withoutALimit_goesByWhatTheMachineHasFree()
    {
        var data = Data(10_000);
        var trainer = Networks.Mlp(o => o with { Hidden = [4096, 4096] });
        var needed = trainer.EstimateMemoryBytes(data, 1)!.Value;

        Assert.DoesNotThrow(() => new TrialMemory(null, new Meter(needed)).CheckTraining(trainer, data, 1));
        var thrown = Assert.Throws<ModelTrainingException>(() => new TrialMemory(null, new Meter(needed - 1)).CheckTraining(trainer, data, 1))!;
        Assert.That(thrown.Id, Is.EqualTo("MT2603"));
        Assert.DoesNotThrow(() => new TrialMemory(null, new Meter(0)).CheckTraining(Linear.Ridge(), data, 1), "so little is not worth looking");
    }

    private static IEnumerable<TestCaseData> Larger()
    {
        yield return Case("boosting, more leaves", Trees.GradientBoosting(o => o with { Leaves = 8 }), Trees.GradientBoosting(o => o with { Leaves = 64 }));
        yield return Case("boosting, more trees", Trees.GradientBoosting(o => o with { Trees = 100 }), Trees.GradientBoosting(o => o with { Trees = 10_000 }));
        yield return Case("forest, more trees", Trees.RandomForest(), Trees.RandomForest(o => o with { Trees = 1_000 }));
        yield return Case("network, wider", Networks.Mlp(), Networks.Mlp(o => o with { Hidden = [512, 512] }));
        yield return Case("network, larger batch", Networks.Mlp(o => o with { BatchSize = 16 }), Networks.Mlp(o => o with { BatchSize = 1_000 }));
        yield return Case("network, another optimizer", Networks.Mlp(o => o with { Optimizer = new Sgd() }), Networks.Mlp());

        static TestCaseData Case(string name, ITrainer smaller, ITrainer larger) => new TestCaseData(smaller, larger).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Larger))]
    public void EstimateMemoryBytes_ofWhatTakesMore_isMore(ITrainer smaller, ITrainer larger)
    {
        var data = Data(2_000);

        Assert.That(larger.EstimateMemoryBytes(data, 2)!.Value, Is.GreaterThan(1.2 * smaller.EstimateMemoryBytes(data, 2)!.Value));
    }

    private static IEnumerable<ITrainer> Trainers() =>
        [Trees.GradientBoosting(), Trees.RandomForest(), Trees.ExtraTrees(), Linear.Ridge(), Linear.Lasso(), Linear.ElasticNet(), Neighbors.KNearest(), Networks.Mlp(), Networks.TabularResNet()];

    [TestCaseSource(nameof(Trainers))]
    public void EstimateMemoryBytes_ofMoreRows_isMore_andNotFarFromTheData(ITrainer trainer)
    {
        var (few, many) = (trainer.EstimateMemoryBytes(Data(1_000), 1)!.Value, trainer.EstimateMemoryBytes(Data(100_000), 1)!.Value);

        Assert.That(many, Is.GreaterThanOrEqualTo(few));
        Assert.That(few, Is.InRange(1_000, 100 << 20));
    }

    [Test]
    public void EstimateMemoryBytes_ofALinearModel_growsWithTheSquareOfItsFeatures()
    {
        var (few, many) = (Linear.Ridge().EstimateMemoryBytes(Data(10, 1_000), 1)!.Value, Linear.Ridge().EstimateMemoryBytes(Data(10, 10_000), 1)!.Value);

        Assert.That((double)many / few, Is.InRange(80, 101));
    }

    private static Func<SearchSpace, Func<Trial, ITrainer>> Forests(int fewest, int most) => space =>
    {
        var trees = space.Int("trees", fewest, most, log: true).StartAt(fewest);
        return trial => Trees.RandomForest(o => o with { Trees = trial.Get(trees) });
    };

    private static TrainingData Data(int rows, int features = 20)
    {
        var column = new float[rows];
        for (var i = 0; i < rows; i++) column[i] = i % 7;
        var set = new FeatureSet([.. Enumerable.Range(0, features).Select(i => new FeatureInfo($"f{i}"))], [.. Enumerable.Repeat<ReadOnlyMemory<float>>(column, features)]);
        int[] all = [.. Enumerable.Range(0, rows)];
        return new TrainingData(set, new Target("y", LearningTask.Regression, column, []), all, all.AsMemory(0, rows / 10));
    }

    private sealed record Visit(int Page, string Bought);

    private sealed class Meter(long free) : IMemoryMeter
    {
        public long Used() => 0;

        public long Available() => free;
    }
}
