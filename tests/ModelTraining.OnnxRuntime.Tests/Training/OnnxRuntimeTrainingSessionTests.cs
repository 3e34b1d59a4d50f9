using ModelTraining.Onnx;

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

    [Test]
    public void Elements_of_another_type_than_the_input_are_refused()
    {
        var batch = new TrainingBatch([new BatchInput("ids", ElementType.Int32, [2]), new BatchInput("bytes", ElementType.UInt8, [])], 3);
        Assert.That(batch.Elements<int>(0).Length, Is.EqualTo(6));
        Assert.That(() => batch.Elements<uint>(0).Length, Throws.TypeOf<InvalidCastException>().With.Message.EqualTo("Input 'ids' is Int32, whose elements are not UInt32."));
        Assert.That(() => batch.Elements<sbyte>(1).Length, Throws.TypeOf<InvalidCastException>());
        Assert.That(() => new TrainingBatch([new BatchInput("text", ElementType.String, [])], 1), Throws.ArgumentException.With.Message.Contains("'text'"));
    }
}
