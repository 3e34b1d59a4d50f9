using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training.Networks;

public class CheckpointTests
{
    private static ITrainer Trainer(int epochs = 6, double learningRate = 0.01) => ModelTraining.Networks.Mlp(o => o with
    {
        Hidden = [12],
        Epochs = epochs,
        BatchSize = 8,
        GradientAccumulationSteps = 2,
        LearningRate = learningRate,
        Dropout = 0.2,
        Schedule = new CosineSchedule(),
        Averaging = new ExponentialAveraging { Decay = 0.9 },
    });

    private static TrainingContext Context(string folder, IProgress<TrainingProgress>? progress = null, List<string>? warnings = null) => new()
    {
        Checkpoints = new CheckpointSettings(folder) { Every = TimeSpan.Zero },
        Progress = progress,
        Time = new Hurried(),
        Warn = warning => warnings?.Add(warning),
    };

    [TestCase(1)]
    [TestCase(9)]
    [TestCase(17)]
    [TestCase(40)]
    public async Task Train_after_a_stop_gives_the_bits_of_never_having_stopped(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        var expected = (NetworkModel)await Trainer().TrainAsync(data, new TrainingContext(), default);
        await StopAsync(folder.Path, data, stopAfter);
        var resumed = (NetworkModel)await Trainer().TrainAsync(data, Context(folder.Path), default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(resumed.History.Validation, Is.EqualTo(expected.History.Validation));
        foreach (var (name, weight) in expected.Weights.Where(pair => pair.Value.Type == ElementType.Float)) Assert.That(resumed.Weights[name].Elements<float>().ToArray(), Is.EqualTo(weight.Elements<float>().ToArray()), name);
    }

    [Test]
    public async Task Train_goes_on_from_the_one_before_when_the_newest_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        var expected = await Trainer().TrainAsync(data, new TrainingContext(), default);
        await StopAsync(folder.Path, data, 20);
        var newest = Directory.EnumerateDirectories(folder.Path).Order(StringComparer.Ordinal).Last();
        var file = Path.Combine(newest, "tensors.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..100]);
        var warnings = new List<string>();
        var resumed = await Trainer().TrainAsync(data, Context(folder.Path, warnings: warnings), default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(warnings.Single(), Does.Contain(Path.GetFileName(newest)));
    }

    [Test]
    public async Task Train_keeps_the_newest_checkpoints_and_nothing_half_written()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(".writing-of-a-killed-process"));
        await Trainer().TrainAsync(NetworkTrainerTests.Curve(100), Context(folder.Path), default);
        var names = Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.That(names, Is.EqualTo(new[] { "checkpoint-000000029", "checkpoint-000000030" }));
    }

    [Test]
    public async Task Train_goes_on_from_the_one_before_when_tensors_of_the_newest_do_not_fit()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        var expected = await Trainer().TrainAsync(data, new TrainingContext(), default);
        await StopAsync(folder.Path, data, 20);
        var file = Path.Combine(Directory.EnumerateDirectories(folder.Path).Order(StringComparer.Ordinal).Last(), "tensors.safetensors");
        SafetensorsFile.Save(file, SafetensorsFile.Load(file).ToDictionary(pair => pair.Key, pair => Tensor.Of(Array.ConvertAll(pair.Value.Elements<float>().ToArray(), number => (double)number), [.. pair.Value.Shape])));
        var warnings = new List<string>();
        var resumed = await Trainer().TrainAsync(data, Context(folder.Path, warnings: warnings), default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(warnings.Single(), Does.Contain("is Double [").And.Contain("not Float ["));
    }

    [Test]
    public async Task Train_keeps_a_loss_on_the_validation_part_that_is_beyond_numbers()
    {
        using var folder = new TemporaryFolder();
        var rows = NetworkTrainerTests.Curve(100);
        var data = new TrainingData(rows.Features, new Target("y", LearningTask.Regression, rows.Target.Values.ToArray()[..99].Append(1e30f).ToArray(), []), rows.TrainingRows, rows.ValidationRows);
        var expected = await Trainer().TrainAsync(data, new TrainingContext(), default);
        Assert.That(expected.History!.Validation, Is.All.EqualTo(double.PositiveInfinity));
        await StopAsync(folder.Path, data, 40);
        var resumed = await Trainer().TrainAsync(data, Context(folder.Path), default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History.Training));
        Assert.That(resumed.History.Validation, Is.EqualTo(expected.History.Validation));
    }

    [Test]
    public async Task Train_in_the_folder_of_another_training_that_still_runs_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        var (refused, steps) = (default(ModelTrainingException), 0);
        var first = ModelTraining.Networks.Mlp(o => o with
        {
            Epochs = 1,
            Backend = new CountingBackend(() =>
            {
                if (++steps == 1) refused = Assert.ThrowsAsync<ModelTrainingException>(async () => await Trainer().TrainAsync(data, Context(folder.Path), default));
            }),
        });
        await first.TrainAsync(data, Context(folder.Path), default);
        Assert.That(refused!.Message, Does.Contain("MT4225").And.Contain(folder.Path).And.Contain("choose another folder"));
        Assert.That((await first.TrainAsync(data, Context(folder.Path), default)).Status, Is.EqualTo(RunStatus.Completed), "the folder is free again");
    }

    [Test]
    public async Task Train_refuses_a_checkpoint_of_another_training_and_says_what_differs()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        await StopAsync(folder.Path, data, 10);
        ModelTrainingException Refused(ITrainer trainer, TrainingData rows, ulong seed = 0) =>
            Assert.ThrowsAsync<ModelTrainingException>(async () => await trainer.TrainAsync(rows, new TrainingContext { Checkpoints = new CheckpointSettings(folder.Path), Random = new SeededRandom(seed) }, default))!;
        Assert.That(Refused(Trainer(learningRate: 0.02), data).Message, Does.Contain("MT4222").And.Contain("the options or the seed differ"));
        Assert.That(Refused(Trainer(), NetworkTrainerTests.Curve(104)).Message, Does.Contain("the rows differ").Or.Contain("the network differ"));
        Assert.That(Refused(Trainer(), data, seed: 1).Message, Does.Contain("the network differ"));
        Assert.That((await Trainer(epochs: 7).TrainAsync(data, Context(folder.Path), default)).History!.Training, Has.Count.EqualTo(7), "more epochs are no other training");
    }

    [Test]
    public async Task Train_says_when_no_checkpoint_can_be_read_or_written()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        await StopAsync(folder.Path, data, 10);
        foreach (var checkpoint in Directory.EnumerateDirectories(folder.Path)) File.WriteAllText(Path.Combine(checkpoint, "state.json"), "{");
        Assert.That(async () => await Trainer().TrainAsync(data, Context(folder.Path), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT4224"));
        File.WriteAllText(folder.File("file"), "");
        Assert.That(async () => await Trainer().TrainAsync(data, Context(folder.File("file")), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT4223"));
    }

    [Test]
    public async Task WithCheckpoints_goes_on_in_a_pipeline_and_warns_where_a_trainer_keeps_none()
    {
        using var folder = new TemporaryFolder();
        TrainedPipeline Describe(ITrainer trainer) => Pipeline.From(Csv.File(Path.Combine(TestData.Root, "samples/data/breast-cancer-wdbc.csv"), label: "label")).Clean().Split().Train(trainer);
        using var cancel = new CancellationTokenSource();
        var stopped = await Describe(Trainer()).WithCheckpoints(folder.File("net"), TimeSpan.Zero).WithProgress(p => { if (p.Unit == "batches") cancel.Cancel(); }).RunAsync(cancel.Token);
        Assert.That(stopped.Status, Is.EqualTo(RunStatus.Cancelled));
        var resumed = await Describe(Trainer()).WithCheckpoints(folder.File("net"), TimeSpan.Zero).RunAsync();
        var whole = await Describe(Trainer()).RunAsync();
        Assert.That(resumed.Model.History!.Training, Is.EqualTo(whole.Model.History!.Training));
        Assert.That((await Describe(Baselines.Constant()).WithCheckpoints(folder.File("none")).RunAsync()).Warnings, Has.Some.Contains("keeps no checkpoints"));
        Assert.That(async () => await Describe(Trainer()).WithCheckpoints("x", keep: 0).RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1006"));
    }

    private static async Task StopAsync(string folder, TrainingData data, int batches)
    {
        using var cancel = new CancellationTokenSource();
        var stopped = await Trainer().TrainAsync(data, Context(folder, new Stop(cancel, batches)), cancel.Token);
        Assert.That(stopped.Status, Is.EqualTo(RunStatus.Cancelled));
    }

    private sealed class Stop(CancellationTokenSource cancel, int batches) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Completed >= batches) cancel.Cancel();
        }
    }

    /// <summary>A second goes by whenever somebody looks.</summary>
    private sealed class Hurried : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => ++_seconds * TimestampFrequency;
    }
}
