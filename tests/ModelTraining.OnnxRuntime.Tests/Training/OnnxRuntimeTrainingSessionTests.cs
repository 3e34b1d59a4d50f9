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
    public void Step_of_a_branch_that_the_batch_decides_on_trains_the_weights_of_that_branch()
    {
        var graph = new Graph("branches");
        var x = graph.Input("features", ElementType.Float, Dimension.Batch, 3);
        var (up, down) = (SmallNetworks.Weight(graph, "up", 3), SmallNetworks.Weight(graph, "down", 3));
        var value = Gradients.BranchCases.Choose([x, up, down], 0, v => (v[0] * v[1]).Relu() + (v[0] * v[1]), v => v[0] * v[2])[0];
        ShapeInference.Infer(graph);
        graph.Output("value", value);
        graph.Output("loss", (value * value).ReduceMean(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = "loss", Outputs = ["value"], Weights = [new TrainedWeight("up"), new TrainedWeight("down")] };
        using var session = Open(training, new Sgd());
        foreach (var (sign, moved, still) in new[] { (1, "up", "down"), (-1, "down", "up") })
        {
            var batch = new TrainingBatch([new BatchInput("features", ElementType.Float, [3])], 4);
            for (var i = 0; i < 12; i++) batch.Floats(0)[i] = sign * (1 + i);
            var (before, other) = (session.Read(moved), session.Read(still));
            var first = session.Step(batch, Settings with { LearningRate = 0.001 });
            Assert.That(session.Read(moved), Is.Not.EqualTo(before));
            Assert.That(session.Read(still), Is.EqualTo(other));
            Assert.That(session.Evaluate(batch, []), Is.LessThan(first.Loss));
        }
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
