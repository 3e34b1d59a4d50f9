using ModelTraining.Onnx;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Training;

/// <summary>The same on a GPU.</summary>
[Category("gpu")]
public class CudaTrainingSessionTests : TrainingSessionConformance
{
    protected override ITrainingBackend Backend { get; } = new TorchSharpBackend(Device.Cuda());

    [OneTimeSetUp]
    public void NeedGpu() => Libtorch.Require(Device.Cuda());
}

/// <summary>The same on a GPU.</summary>
[Category("gpu")]
public class CudaLossCurveTests : LossCurveConformance
{
    protected override ITrainingBackend Backend { get; } = new TorchSharpBackend(Device.Cuda());

    [OneTimeSetUp]
    public void NeedGpu() => Libtorch.Require(Device.Cuda());
}

/// <summary>What only a GPU shows: that it computes what the CPU does, in each form, and says what it takes.</summary>
[Category("gpu")]
public class CudaFormTests
{
    [OneTimeSetUp]
    public void NeedGpu() => Libtorch.Require(Device.Cuda());

    private static IEnumerable<TestCaseData> Forms()
    {
        yield return Case("32 bits", new TorchSharpOptions(), 1e-4);
        yield return Case("TF32", new TorchSharpOptions { AllowTf32 = true }, 1e-2);
        yield return Case("bfloat16", new TorchSharpOptions { Precision = Precision.BFloat16 }, 0.1);
        yield return Case("float16", new TorchSharpOptions { Precision = Precision.Float16, InitialLossScale = 1024 }, 0.05);
        yield return Case("in segments", new TorchSharpOptions { ActivationCheckpointing = true }, 1e-4);
        yield return Case("channels last", new TorchSharpOptions { ChannelsLast = true }, 1e-4);
        static TestCaseData Case(string name, TorchSharpOptions options, double tolerance) => new TestCaseData(options, tolerance).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Forms))]
    public void Step_follows_that_on_the_CPU(TorchSharpOptions options, double tolerance)
    {
        var settings = new BackendSettings { Optimizer = new AdamW(), Threads = 1 };
        using var expected = new TorchSharpBackend(Device.Cpu).Compile(ChannelsLastTests.Network(), settings);
        using var actual = new TorchSharpBackend(Device.Cuda(), options).Compile(ChannelsLastTests.Network(), settings);
        var batch = ChannelsLastTests.Batch();
        for (var i = 0; i < 10; i++)
        {
            var step = new StepSettings { LearningRate = 0.003, MaxGradNorm = 0.5 };
            Assert.That(actual.Step(batch, step).Loss, Is.EqualTo(expected.Step(batch, step).Loss).Within(tolerance), $"step {i}");
        }

        Assert.That(actual.Memory.Bytes, Is.Positive);
    }

    [Test]
    public void Step_that_needs_more_memory_than_the_GPU_has_says_what_to_try()
    {
        using var session = new TorchSharpBackend(Device.Cuda()).Compile(SmallNetworks.Regression(between: value => value + (value.Reshape(-1, 8, 1, 1).Expand(4, 8, 1 << 20, 1 << 20) * 2f).ReduceMean([2, 3], keepDims: false)), new BackendSettings());
        Assert.That(() => session.Step(SmallNetworks.Batch(4), new StepSettings { LearningRate = 0.01 }), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3203").And.Message.Contains("of the GPU"));
    }

    [Test]
    public void Step_a_thousand_times_takes_no_more_memory_of_the_GPU()
    {
        using var session = new TorchSharpBackend(Device.Cuda()).Compile(ChannelsLastTests.Network(), new BackendSettings());
        var batch = ChannelsLastTests.Batch();
        for (var i = 0; i < 10; i++) session.Step(batch, new StepSettings { LearningRate = 0.001 });
        var before = session.Memory.Bytes;
        for (var i = 0; i < 1000; i++) session.Step(batch, new StepSettings { LearningRate = 0.001 });
        Assert.That(session.Memory.Bytes - before, Is.LessThan(64 << 20), "bytes");
    }

    [Test]
    public void Memory_is_known_on_a_thread_that_has_not_used_the_GPU()
    {
        using var session = new TorchSharpBackend(Device.Cuda()).Compile(ChannelsLastTests.Network(), new BackendSettings());
        session.Step(ChannelsLastTests.Batch(), new StepSettings { LearningRate = 0.001 });
        long? used = null;
        var thread = new Thread(() => used = CudaDriver.Memory(0)?.UsedBytes);
        thread.Start();
        thread.Join();
        Assert.That(used, Is.EqualTo(CudaDriver.Memory(0)?.UsedBytes).And.GreaterThan(0));
    }

    [Test]
    public void Step_on_the_second_GPU_is_that_on_the_first_and_its_memory_is_counted_there()
    {
        Libtorch.Require(Device.Cuda(1));
        var before = CudaDriver.Memory(0)?.UsedBytes;
        using var second = new TorchSharpBackend(Device.Cuda(1)).Compile(ChannelsLastTests.Network(), new BackendSettings());
        var loss = second.Step(ChannelsLastTests.Batch(), new StepSettings { LearningRate = 0.001 }).Loss;
        Assert.That(CudaDriver.Memory(0)?.UsedBytes, Is.EqualTo(before), "nothing was made on the first");
        Assert.That(second.Memory.Bytes, Is.EqualTo(CudaDriver.Memory(1)?.UsedBytes));
        using var first = new TorchSharpBackend(Device.Cuda()).Compile(ChannelsLastTests.Network(), new BackendSettings());
        Assert.That(first.Step(ChannelsLastTests.Batch(), new StepSettings { LearningRate = 0.001 }).Loss, Is.EqualTo(loss).Within(1e-5));
    }
}
