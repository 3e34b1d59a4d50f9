namespace ModelTraining.Tests.Training;

public class OnnxRuntimeTrainingSessionTests : TrainingSessionConformance
{
    protected override ITrainingBackend Backend { get; } = new OnnxRuntimeBackend();

    [TestCase(1)]
    [TestCase(2)]
    public void Step_allocates_nothing(int threads)
    {
        using var session = Open(SmallNetworks.Regression(hidden: 20_000, value => Dropout(value, 0.2f)), threads: threads, average: true);
        var batch = SmallNetworks.Batch(8);
        var settings = Settings with { AverageShare = 0.1, MaxGradNorm = 1 };
        for (var i = 0; i < 10; i++) session.Step(batch, settings);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) session.Step(batch, settings);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
