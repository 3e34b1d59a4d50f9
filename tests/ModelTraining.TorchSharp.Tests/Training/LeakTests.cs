using TorchSharp;

namespace ModelTraining.Tests.Training;

/// <summary>Native tensors are counted: a step leaves none behind, and a session takes all of its own with it.</summary>
public class LeakTests
{
    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    private static IEnumerable<TestCaseData> Ways()
    {
        yield return new TestCaseData(new TorchSharpOptions()).SetArgDisplayNames("32 bits");
        yield return new TestCaseData(new TorchSharpOptions { Precision = Precision.Float16, InitialLossScale = 1024, ActivationCheckpointing = true, ChannelsLast = true }).SetArgDisplayNames("16 bits, in segments");
    }

    [TestCaseSource(nameof(Ways))]
    public void Step_a_thousand_times_leaves_no_tensor_behind(TorchSharpOptions options)
    {
        var before = Live();
        var batch = SmallNetworks.Batch(16);
        using (var session = new TorchSharpBackend(Device.Cpu, options).Compile(SmallNetworks.Regression(), new BackendSettings { Threads = 1, KeepsAverage = true }))
        {
            var settings = new StepSettings { LearningRate = 0.01, AverageShare = 0.1, Share = 0.5, MaxGradNorm = 1 };
            session.Step(batch, settings);
            session.Evaluate(batch, new float[16]);
            var (live, memory) = (Live(), Environment.WorkingSet);
            for (var i = 0; i < 1000; i++) session.Step(batch, settings);
            session.Evaluate(batch, new float[16]);
            Assert.That(Live(), Is.EqualTo(live));
            Assert.That(Environment.WorkingSet - memory, Is.LessThan(64 << 20), "bytes");
        }

        Assert.That(Live(), Is.EqualTo(before));
    }

    [Test]
    public void Compile_is_not_disposed_by_the_scope_of_the_caller()
    {
        var batch = SmallNetworks.Batch(16);
        ITrainingSession session;
        using (torch.NewDisposeScope()) session = new TorchSharpBackend(Device.Cpu).Compile(SmallNetworks.Regression(), new BackendSettings { Threads = 1 });
        using (session)
        {
            using (torch.NewDisposeScope()) session.Step(batch, new StepSettings { LearningRate = 0.01, Share = 0.5 });
            Assert.That(session.Step(batch, new StepSettings { LearningRate = 0.01, Share = 0.5 }).Updated, Is.True);
            Assert.That(session.Evaluate(batch, []), Is.Not.NaN);
        }
    }

    private static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
