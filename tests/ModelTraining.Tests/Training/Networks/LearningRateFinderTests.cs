using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training.Networks;

internal sealed class LearningRateFinderTests
{
    /// <summary>What a training has that a sweep could disturb: dropout, gathered gradients, averages, the state of the optimizer, running statistics.</summary>
    private static ITrainer Trainer(LearningRateFinder? finder, double rate = 0.5, int epochs = 3, Optimizer? optimizer = null) => ModelTraining.Networks.Of(
        (features, outputs, random) => features.Dense(16, random).BatchNorm().Relu().Dropout(0.2f).Dense(outputs, random),
        o => o with
        {
            Epochs = epochs, BatchSize = 8, GradientAccumulationSteps = 2, LearningRate = rate, LearningRateFinder = finder, Optimizer = optimizer ?? new AdamW(), Averaging = new ExponentialAveraging { Decay = 0.9 },
        });

    [Test]
    public async Task Train_with_a_finder_gives_the_bits_of_its_rate()
    {
        var data = NetworkTrainerTests.Curve(200, noise: 5);
        var found = await Train(Trainer(new LearningRateFinder { Steps = 40 }), data);
        var stated = await Train(Trainer(null, found.FoundLearningRate!.LearningRate), data);
        Assert.That(found.History!.Training, Is.EqualTo(stated.History!.Training));
        Assert.That(found.History.Validation, Is.EqualTo(stated.History.Validation));
        foreach (var (name, weight) in stated.Weights.Where(pair => pair.Value.Type == ElementType.Float)) Assert.That(found.Weights[name].Elements<float>().ToArray(), Is.EqualTo(weight.Elements<float>().ToArray()), name);
        Assert.That(stated.FoundLearningRate, Is.Null);
    }

    [TestCase(typeof(AdamW))]
    [TestCase(typeof(Sgd))]
    public async Task Train_with_a_finder_learns_about_as_well_as_with_the_best_of_many_rates(Type optimizer)
    {
        var data = NetworkTrainerTests.Curve(400, noise: 5);
        var kind = (Optimizer)Activator.CreateInstance(optimizer)!;
        async Task<double> Loss(ITrainer trainer) => (await trainer.TrainAsync(data, new TrainingContext(), default)).History!.Validation.Min();
        ITrainer Mlp(double rate, LearningRateFinder? finder = null) => ModelTraining.Networks.Mlp(o => o with { Hidden = [16], Epochs = 10, BatchSize = 16, LearningRate = rate, LearningRateFinder = finder, Optimizer = kind });
        var losses = new List<double>();
        foreach (var rate in new[] { 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1 }) losses.Add(await Loss(Mlp(rate)));
        var found = await Loss(Mlp(1e-6, new LearningRateFinder()));
        Assert.That(found, Is.LessThan(losses.Order().ElementAt(2)), $"the second-best of the rates is beaten, or nearly: {string.Join(", ", losses)}");
    }

    [Test]
    public async Task Train_keeps_the_curve_of_the_sweep_until_it_diverges()
    {
        var model = await Train(Trainer(new LearningRateFinder { Steps = 60, MaxLearningRate = 1e6 }, optimizer: new Sgd()), NetworkTrainerTests.Curve(200));
        var found = model.FoundLearningRate!;
        Assert.That(found.Diverged, Is.True);
        Assert.That(found.Points, Has.Length.LessThan(60));
        Assert.That(found.Points[0].LearningRate, Is.EqualTo(1e-7));
        Assert.That(found.Points[1].LearningRate / found.Points[0].LearningRate, Is.EqualTo(Math.Pow(1e13, 1 / 59.0)).Within(1e-9));
        Assert.That(found.Points.Select(point => point.LearningRate), Does.Contain(found.LearningRate));
        Assert.That(found.LearningRate, Is.LessThan(10 * found.MinimumTenth), "it lies before the minimum");
    }

    [Test]
    public async Task Train_reports_the_sweep_as_progress()
    {
        var told = new List<TrainingProgress>();
        await Trainer(new LearningRateFinder { Steps = 30 }).TrainAsync(NetworkTrainerTests.Curve(100), new TrainingContext { Progress = new Told(told.Add) }, default);
        var sweep = told.TakeWhile(report => report.Unit == "learning rates").ToList();
        Assert.That(sweep.Select(report => report.Completed), Is.Ordered.And.Unique);
        Assert.That(sweep[^1].Total, Is.EqualTo(60));
        Assert.That(told.Skip(sweep.Count).Select(report => report.Unit), Has.All.EqualTo("batches"));
    }

    [Test]
    public void Train_cancelled_in_the_sweep_throws()
    {
        using var cancel = new CancellationTokenSource();
        var context = new TrainingContext { Progress = new Told(report => { if (report is { Unit: "learning rates", Completed: 35 }) cancel.Cancel(); }) };
        Assert.That(async () => await Trainer(new LearningRateFinder { Steps = 30 }).TrainAsync(NetworkTrainerTests.Curve(100), context, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_with_rates_that_are_all_too_high_says_so()
    {
        var trainer = ModelTraining.Networks.Mlp(o => o with { Optimizer = new Sgd(), MaxGradNorm = 0, LearningRateFinder = new LearningRateFinder { MinLearningRate = 1e6, MaxLearningRate = 1e9 } });
        Assert.That(async () => await trainer.TrainAsync(NetworkTrainerTests.Curve(100), new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3080").And.Message.Contains("Networks.Mlp").And.Message.Contains("1000000").And.Message.Contains("state 'LearningRate'"));
    }

    [Test]
    public void Train_of_a_network_that_gives_no_number_says_so()
    {
        var trainer = ModelTraining.Networks.Of((features, outputs, random) => (features - 100).Log().Dense(outputs, random), o => o with { LearningRateFinder = new LearningRateFinder() });
        Assert.That(async () => await trainer.TrainAsync(NetworkTrainerTests.Curve(100), new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3082").And.Message.Contains("Networks.Of").And.Message.Contains("Leave the finder out"));
    }

    [Test]
    public async Task Train_after_a_stop_goes_on_with_the_rate_that_was_found()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100, noise: 5);
        ITrainer Finding(Action sweeps) => ModelTraining.Networks.Mlp(o => o with { Hidden = [8], Epochs = 4, BatchSize = 8, LearningRateFinder = new LearningRateFinder { Steps = 30 }, Backend = new CountingBackend(sweeps) });
        var expected = await Train(Finding(() => { }), data);
        using var cancel = new CancellationTokenSource();
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        var stopping = new TrainingContext { Checkpoints = checkpoints, Progress = new Told(report => { if (report.Unit == "batches") cancel.Cancel(); }) };
        Assert.That((await Finding(() => { }).TrainAsync(data, stopping, cancel.Token)).Status, Is.EqualTo(RunStatus.Cancelled));
        var batches = 0;
        var resumed = (NetworkModel)await Finding(() => batches++).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints }, default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(resumed.FoundLearningRate! with { Points = [] }, Is.EqualTo(expected.FoundLearningRate! with { Points = [] }));
        Assert.That(resumed.FoundLearningRate.Points, Is.EqualTo(expected.FoundLearningRate.Points));
        Assert.That(batches, Is.LessThanOrEqualTo(40), "four epochs of ten batches at most: no second sweep");
    }

    [Test]
    public void Find_takes_the_steepest_fall_on_the_way_to_the_minimum()
    {
        // Falls along a logistic curve around 1e-3, is least near 1e-1, and rises from there.
        var curve = new LearningRateCurve(2, 100, 4);
        for (var i = 0; i < 100 && !curve.Diverged; i++)
        {
            var power = -7 + (8.0 * i / 99);
            curve.Add(Math.Pow(10, power), 2 - (1.5 / (1 + Math.Exp(-6 * (power + 3)))) + (power > -1 ? Math.Exp(4 * (power + 1)) - 1 : 0));
        }

        var found = curve.Find()!;
        Assert.That(Math.Log10(found.LearningRate), Is.EqualTo(-3).Within(0.1));
        Assert.That(Math.Log10(found.MinimumTenth), Is.InRange(-3, -2), "a tenth of where the plateau is");
        Assert.That(found.Points.Min(point => point.SmoothedLoss), Is.EqualTo(0.5).Within(0.1));
    }

    [Test]
    public void Find_of_losses_that_only_rise_is_nothing()
    {
        var curve = new LearningRateCurve(1, 20, 4);
        for (var i = 0; i < 20; i++) curve.Add(Math.Pow(10, i - 10), 1 + (0.01 * i));
        Assert.That(curve.Find(), Is.Null);
        Assert.That(new LearningRateCurve(1, 20, 4).Find(), Is.Null);
    }

    [TestCase(1.0, 40)]
    [TestCase(-1.0, 30)]
    public void Add_ends_a_sweep_whose_mean_rises_too_far_above_its_least(double level, int most)
    {
        var curve = new LearningRateCurve(level, 100, 4);
        for (var i = 0; i < 100 && !curve.Diverged; i++) curve.Add(i + 1, level + Math.Max(0, i - 10));
        Assert.That(curve.Diverged, Is.True);
        Assert.That(curve.Count, Is.InRange(12, most), "losses below 0, too");
    }

    [Test]
    public void Validate_says_what_is_wrong_with_a_finder()
    {
        IEnumerable<string> Ids(LearningRateFinder finder) => ModelTraining.Networks.Mlp(o => o with { LearningRateFinder = finder }).Validate().Select(problem => problem.Id);
        Assert.That(Ids(new LearningRateFinder { MinLearningRate = 0, Steps = 19, StopFactor = 1 }), Is.EqualTo(new[] { "MT1770", "MT1771", "MT1772" }));
        Assert.That(Ids(new LearningRateFinder { MinLearningRate = 1, MaxLearningRate = 1 }), Is.EqualTo(new[] { "MT1770" }));
        Assert.That(ModelTraining.Networks.Mlp(o => o with { LearningRateFinder = new LearningRateFinder { Steps = 3 } }).Validate().Single().Message, Does.Contain("Networks.Mlp").And.Contain("at least 20. Got 3"));
        Assert.That(Ids(new LearningRateFinder()), Is.Empty);
    }

    private static async Task<NetworkModel> Train(ITrainer trainer, TrainingData data) => (NetworkModel)await trainer.TrainAsync(data, new TrainingContext(), default);
}
