namespace ModelTraining.Tests.Training.Networks;

/// <summary>Batches that do not fit: a backend refuses those of more rows than a number.</summary>
public class OutOfMemoryTests
{
    private const int Rows = 80, BatchSize = 16;

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return new TestCaseData(new ModelTrainingException("MT3203", "libtorch is out of memory.")).SetArgDisplayNames("libtorch");
        yield return new TestCaseData(new InsufficientMemoryException()).SetArgDisplayNames("the runtime");
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task Train_in_parts_that_fit_makes_the_updates_of_the_whole(Exception refusal)
    {
        var (warnings, sizes) = (new List<string>(), new List<int>());
        var expected = await Trainer(new OnnxRuntimeBackend()).TrainAsync(Data(), new TrainingContext(), default);
        var model = await Trainer(Tight(6, refusal, sizes.Add)).TrainAsync(Data(), new TrainingContext { Warn = warnings.Add }, default);
        Assert.That(model.History!.Training, Is.EqualTo(expected.History!.Training).Within(1e-5));
        Assert.That(model.History.Validation, Is.EqualTo(expected.History.Validation).Within(1e-5));
        Assert.That(Predictions(model), Is.EqualTo(Predictions(expected)).Within(1e-2), "of numbers of about 500");
        Assert.That(sizes.Take(6), Is.EqualTo(new[] { 16, 8, 4, 4, 4, 4 }), "halved until it fits");
        Assert.That(sizes.Skip(6), Is.All.LessThanOrEqualTo(4), "and what fitted is kept");
        Assert.That(warnings, Has.Count.EqualTo(2).And.Some.Contains("16 rows").And.Some.Contains("'BatchSize' = 4"));
    }

    [Test]
    public async Task Train_of_weighted_rows_in_parts_makes_the_updates_of_the_whole()
    {
        var plain = Data();
        float[] weights = [.. Enumerable.Range(0, Rows).Select(row => row % 4 == 0 ? 0 : row % 7)];
        var data = new TrainingData(plain.Features, plain.Target, plain.TrainingRows, plain.ValidationRows, weights);
        var expected = await Trainer(new OnnxRuntimeBackend()).TrainAsync(data, new TrainingContext(), default);
        var model = await Trainer(Tight(3)).TrainAsync(data, new TrainingContext(), default);
        Assert.That(model.History!.Training, Is.EqualTo(expected.History!.Training).Within(1e-5));
        Assert.That(Predictions(model), Is.EqualTo(Predictions(expected)).Within(1e-2));
    }

    [Test]
    public async Task Train_goes_on_where_memory_becomes_less_within_a_batch()
    {
        var (most, steps) = (BatchSize, 0);
        var backend = new CountingBackend(batch =>
        {
            if (++steps == 3) most = 8;
            if (steps == 5) most = 2;
            if (batch.Rows > most) throw new InsufficientMemoryException();
        });
        var expected = await Trainer(new OnnxRuntimeBackend()).TrainAsync(Data(), new TrainingContext(), default);
        var model = await Trainer(backend).TrainAsync(Data(), new TrainingContext(), default);
        Assert.That(model.History!.Training, Is.EqualTo(expected.History!.Training).Within(1e-5));
    }

    [Test]
    public void Train_without_the_option_is_an_error() =>
        Assert.That(async () => await Trainer(Tight(8), retry: false).TrainAsync(Data(), new TrainingContext(), default), Throws.TypeOf<InsufficientMemoryException>());

    [Test]
    public void Train_where_not_even_one_row_fits_is_an_error() =>
        Assert.That(async () => await Trainer(Tight(0)).TrainAsync(Data(), new TrainingContext(), default), Throws.TypeOf<InsufficientMemoryException>());

    [TestCase(true, 3, new[] { 20, 10, 5, 3 })]
    [TestCase(false, 5, new[] { 20, 10, 5 })]
    public async Task Train_validates_in_batches_that_fit(bool retry, int most, int[] halved)
    {
        var (warnings, sizes) = (new List<string>(), new List<int>());
        ITrainer Validated(ITrainingBackend backend) => ModelTraining.Networks.Mlp(o => o with { Hidden = [12], Epochs = 3, BatchSize = 5, Monitor = "rmse", RetryOnOutOfMemory = retry, Backend = backend });
        var expected = await Validated(new OnnxRuntimeBackend()).TrainAsync(NetworkTrainerTests.Curve(200), new TrainingContext(), default);
        var model = await Validated(NarrowInValidation(most, sizes.Add)).TrainAsync(NetworkTrainerTests.Curve(200), new TrainingContext { Warn = warnings.Add }, default);
        Assert.That(model.History!.Validation, Is.EqualTo(expected.History!.Validation).Within(1e-5));
        Assert.That(sizes.Take(halved.Length), Is.EqualTo(halved), "halved until it fits");
        Assert.That(sizes.Skip(halved.Length), Is.Not.Empty.And.All.LessThanOrEqualTo(halved[^1]), "and what fitted is kept");
        Assert.That(warnings, Has.Count.EqualTo(halved.Length - 1).And.All.Contains("validation part"));
    }

    [Test]
    public void Train_whose_validation_does_not_fit_even_in_the_batches_of_the_training_is_an_error() =>
        Assert.That(async () => await ModelTraining.Networks.Mlp(o => o with { Epochs = 1, BatchSize = 5, Backend = NarrowInValidation(3) }).TrainAsync(NetworkTrainerTests.Curve(200), new TrainingContext(), default), Throws.TypeOf<InsufficientMemoryException>());

    [Test]
    public async Task Train_with_a_finder_takes_a_batch_that_fits_though_validation_goes_in_smaller_ones_than_usual()
    {
        var finder = new BatchSizeFinder { MinBatchSize = 4, MaxBatchSize = 4 };
        var model = (NetworkModel)await ModelTraining.Networks.Mlp(o => o with { Epochs = 1, BatchSizeFinder = finder, Backend = NarrowInValidation(4) }).TrainAsync(NetworkTrainerTests.Curve(200), new TrainingContext(), default);
        Assert.That(model.FoundBatchSize!.BatchSize, Is.EqualTo(4));
    }

    [Test]
    public async Task Train_after_a_stop_goes_on_in_the_same_parts()
    {
        using var folder = new TemporaryFolder();
        var expected = await Trainer(Tight(6)).TrainAsync(Data(), new TrainingContext(), default);
        using var stop = new CancellationTokenSource();
        var steps = 0;
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        await Trainer(Tight(6, told: _ => { if (++steps == 40) stop.Cancel(); })).TrainAsync(Data(), new TrainingContext { Checkpoints = checkpoints }, stop.Token);
        var sizes = new List<int>();
        var resumed = await Trainer(Tight(6, told: sizes.Add)).TrainAsync(Data(), new TrainingContext { Checkpoints = checkpoints }, default);
        Assert.That(sizes, Is.Not.Empty.And.All.LessThanOrEqualTo(4), "what does not fit is not tried again");
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(Predictions(resumed), Is.EqualTo(Predictions(expected)));
    }

    [Test]
    public async Task Train_tells_its_memory()
    {
        var told = new List<TrainingProgress>();
        await Trainer(new OnnxRuntimeBackend()).TrainAsync(Data(), new TrainingContext { Progress = new Told(told.Add) }, default);
        Assert.That(told, Is.Not.Empty);
        Assert.That(told.Select(progress => progress.Memory), Is.All.Not.Null);
        Assert.That(told[^1].Memory!.Value.Bytes, Is.InRange(1 << 20, told[^1].Memory!.Value.PeakBytes));
    }

    /// <summary>The default backend, which refuses batches of more rows.</summary>
    private static CountingBackend Tight(int rows, Exception? refusal = null, Action<int>? told = null) => new(batch =>
    {
        told?.Invoke(batch.Rows);
        if (batch.Rows > rows) throw refusal ?? new InsufficientMemoryException();
    });

    /// <summary>The default backend, which refuses to evaluate batches of more rows.</summary>
    private static CountingBackend NarrowInValidation(int rows, Action<int>? told = null) => new(_ => { })
    {
        Evaluating = batch =>
        {
            told?.Invoke(batch.Rows);
            if (batch.Rows > rows) throw new InsufficientMemoryException();
        },
    };

    private static ITrainer Trainer(ITrainingBackend backend, bool retry = true) => ModelTraining.Networks.Mlp(o => o with
    {
        Hidden = [12],
        Epochs = 4,
        BatchSize = BatchSize,
        GradientAccumulationSteps = 2,
        Optimizer = new Sgd(),
        LearningRate = 0.05,
        RetryOnOutOfMemory = retry,
        Backend = backend,
    });

    private static TrainingData Data() => NetworkTrainerTests.Curve(Rows);

    private static float[] Predictions(TrainedModel model)
    {
        var outputs = new float[Rows];
        model.Predict(Data().Features, Enumerable.Range(0, Rows).ToArray(), outputs);
        return outputs;
    }

    private sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
