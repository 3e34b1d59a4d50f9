using ModelTraining.Onnx;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Training;

/// <summary>What one backend began, another goes on with.</summary>
public class CrossBackendTests
{
    private static readonly OnnxRuntimeBackend Default = new OnnxRuntimeBackend();
    private static readonly TorchSharpBackend Torch = new TorchSharpBackend(Device.Cpu);

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [TestCase(true)]
    [TestCase(false)]
    public void Write_goes_on_with_what_another_backend_has_read(bool fromDefault)
    {
        var (before, after) = Order(fromDefault);
        var settings = new BackendSettings { Optimizer = new AdamW(), Threads = 1, KeepsAverage = true };
        var step = new StepSettings { LearningRate = 0.01, WeightDecay = 0.01, AverageShare = 0.1, MaxGradNorm = 0.5 };
        var batch = SmallNetworks.Batch(16);
        using var whole = before.Compile(SmallNetworks.Regression(), settings);
        using var first = before.Compile(SmallNetworks.Regression(), settings);
        using var second = after.Compile(SmallNetworks.Regression(), settings);
        Assert.That(second.Tensors, Is.EqualTo(first.Tensors).Using<SessionTensor>((a, b) => a.Name == b.Name && a.Kind == b.Kind && a.Shape.SequenceEqual(b.Shape)));
        for (var i = 0; i < 10; i++)
        {
            whole.Step(batch, step);
            first.Step(batch, step);
        }

        foreach (var tensor in first.Tensors) second.Write(tensor.Name, first.Read(tensor.Name));
        for (var i = 0; i < 10; i++) Assert.That(second.Step(batch, step).Loss, Is.EqualTo(whole.Step(batch, step).Loss).Within(1e-5), $"step {i}");
        foreach (var tensor in whole.Tensors) Assert.That(second.Read(tensor.Name), Is.EqualTo(whole.Read(tensor.Name)).Within(1e-5), tensor.Name);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Step_drops_the_same_units(bool drawnByTheScript)
    {
        var graph = SmallNetworks.Regression(between: value => value.Graph.Add("Dropout", [value, value.Graph.Constant(0.4f)], ElementType.Float, value.Shape));
        using var expected = Default.Compile(graph, new BackendSettings { Threads = 1 });
        using var actual = new TorchTrainingSession(graph, new BackendSettings { Threads = 1 }, Device.Cpu, new TorchSharpOptions(), drawnByTheScript);
        var batch = SmallNetworks.Batch(16);
        for (var i = 0; i < 10; i++)
        {
            var settings = new StepSettings { LearningRate = 0.01, NoiseSeed = (ulong)(i * 977) };
            Assert.That(actual.Step(batch, settings).Loss, Is.EqualTo(expected.Step(batch, settings).Loss).Within(1e-5), $"step {i}");
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Train_goes_on_from_the_checkpoint_of_another_backend(bool fromDefault)
    {
        using var folder = new TemporaryFolder();
        var (before, after) = Order(fromDefault);
        var data = Rows();
        var expected = await Trainer(before).TrainAsync(data, new TrainingContext(), default);
        using var stop = new CancellationTokenSource();
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        var stopped = await Trainer(before).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints, Progress = new StopAfter(2, stop), Time = TimeProvider.System }, stop.Token);
        Assert.That(stopped.Status, Is.EqualTo(RunStatus.Cancelled));
        var resumed = await Trainer(after).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints }, default);
        Assert.That(resumed.Status, Is.EqualTo(RunStatus.Completed));
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training).Within(1e-4));
        Assert.That(resumed.History.Validation, Is.EqualTo(expected.History.Validation).Within(1e-4));
    }

    [Test]
    public async Task Train_after_a_stop_gives_the_bits_of_never_having_stopped()
    {
        using var folder = new TemporaryFolder();
        var data = Rows();
        var expected = await Trainer(Torch).TrainAsync(data, new TrainingContext(), default);
        using var stop = new CancellationTokenSource();
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        await Trainer(Torch).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints, Progress = new StopAfter(2, stop) }, stop.Token);
        var resumed = await Trainer(Torch).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints }, default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(Predictions(resumed, data), Is.EqualTo(Predictions(expected, data)));
    }

    [Test]
    public async Task Train_in_float16_after_a_stop_gives_the_bits_of_never_having_stopped()
    {
        using var folder = new TemporaryFolder();
        var data = Rows();
        var half = new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = Precision.Float16, LossScaleGrowthInterval = 3 });
        var expected = await Trainer(half).TrainAsync(data, new TrainingContext(), default);
        using var stop = new CancellationTokenSource();
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        await Trainer(half).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints, Progress = new StopAfter(2, stop) }, stop.Token);
        var resumed = await Trainer(half).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints }, default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(Predictions(resumed, data), Is.EqualTo(Predictions(expected, data)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Train_in_float16_goes_on_from_a_checkpoint_that_knows_no_loss_scale_and_the_other_way_round(bool fromDefault)
    {
        using var folder = new TemporaryFolder();
        var half = new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = Precision.Float16 });
        var (before, after) = fromDefault ? ((ITrainingBackend)Default, (ITrainingBackend)half) : (half, Default);
        var data = Rows();
        using var stop = new CancellationTokenSource();
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        var stopped = await Trainer(before).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints, Progress = new StopAfter(2, stop), Time = TimeProvider.System }, stop.Token);
        var resumed = await Trainer(after).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints }, default);
        Assert.That(resumed.History!.Training, Has.Count.EqualTo(5));
        Assert.That(resumed.History.Training.Take(2), Is.EqualTo(stopped.History!.Training.Take(2)), "it went on, and did not begin anew");
        Assert.That(resumed.History.Training[4], Is.LessThan(resumed.History.Training[0]));
    }

    [Test]
    public async Task Train_in_float16_with_a_LearningRateFinder_finds_one_whatever_the_first_loss_scale()
    {
        var half = new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = Precision.Float16, InitialLossScale = 1 << 24 });
        var model = await Networks.Mlp(o => o with { Hidden = [12], Epochs = 2, BatchSize = 16, LearningRateFinder = new LearningRateFinder(), Backend = half }).TrainAsync(Rows(), new TrainingContext(), default);
        Assert.That(model.History!.Training, Is.All.Matches<double>(double.IsFinite));
    }

    private static (ITrainingBackend Before, ITrainingBackend After) Order(bool fromDefault) => fromDefault ? ((ITrainingBackend)Default, (ITrainingBackend)Torch) : (Torch, Default);

    private static float[] Predictions(TrainedModel model, TrainingData data)
    {
        var outputs = new float[data.ValidationRows.Length];
        model.Predict(data.Features, data.ValidationRows.Span, outputs);
        return outputs;
    }

    private static ITrainer Trainer(ITrainingBackend backend) => Networks.Mlp(o => o with { Hidden = [12], Epochs = 5, BatchSize = 16, LearningRate = 0.01, Dropout = 0.2, GradientAccumulationSteps = 2, Backend = backend });

    private static TrainingData Rows()
    {
        const int Rows = 100;
        var random = new SeededRandom(3);
        var (x, y) = (new float[Rows], new float[Rows]);
        for (var i = 0; i < Rows; i++) (x[i], y[i]) = ((float)random.NextNormal(), (float)random.NextNormal());
        float[] target = [.. x.Zip(y, (a, b) => (a * b) + (0.5f * a))];
        return new TrainingData(new FeatureSet([new FeatureInfo("x"), new FeatureInfo("y")], [x, y]), new Target("z", LearningTask.Regression, target, []), Enumerable.Range(0, 80).ToArray(), Enumerable.Range(80, 20).ToArray());
    }

    private sealed class StopAfter(int epochs, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        private const int BatchesPerEpoch = 5;

        public void Report(TrainingProgress value)
        {
            if (value.Completed >= epochs * BatchesPerEpoch) stop.Cancel();
        }
    }
}
