using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

/// <summary>libtorch gives gradients as it comes by them: with other strides than the weight, spread out of one number, or one for two weights.</summary>
public class GradientLayoutTests
{
    private const int Rows = 4;

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    private static IEnumerable<TestCaseData> Losses()
    {
        yield return Case("turned around", (x, a, b) => (a.Transpose(1, 0) * x.Reshape(4, 3)).ReduceSum(keepDims: false) + b.ReduceSum(keepDims: false));
        yield return Case("one number for all", (x, a, b) => (a.ReduceSum(keepDims: false) + b.ReduceSum(keepDims: false)) * x.ReduceSum(keepDims: false));
        yield return Case("one gradient for two weights", (x, a, b) => ((a + b) * x.Reshape(3, 4)).ReduceSum(keepDims: false));
        TestCaseData Case(string name, Func<Value, Value, Value, Value> loss) => new TestCaseData(loss).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Losses))]
    public void Step_of_any_layout_of_gradients_is_that_of_the_default_backend(Func<Value, Value, Value, Value> loss)
    {
        var graph = new Graph("layout");
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 3);
        var (a, b) = (SmallNetworks.Weight(graph, "a", 3, 4), SmallNetworks.Weight(graph, "b.", 3, 4));
        graph.Output("output", x);
        var training = new TrainingGraph { Graph = graph, Loss = graph.Output("loss", loss(x, a, b)).Name, Outputs = ["output"], Weights = [new TrainedWeight("a"), new TrainedWeight("b.")] };
        var batch = new TrainingBatch([new BatchInput("x", ElementType.Float, [3])], Rows);
        foreach (var (i, _) in new float[12].Index()) batch.Floats(0)[i] = MathF.Sin(i + 1) + 0.5f;
        foreach (var optimizer in new Optimizer[] { new AdamW(), new Sgd() })
        {
            using var expected = new OnnxRuntimeBackend().Compile(training, new BackendSettings { Optimizer = optimizer, Threads = 1 });
            using var actual = new TorchSharpBackend(Device.Cpu).Compile(training, new BackendSettings { Optimizer = optimizer, Threads = 1 });
            for (var step = 0; step < 3; step++)
            {
                var settings = new StepSettings { LearningRate = 0.1, MaxGradNorm = 0.01 };
                Assert.That(actual.Step(batch, settings).GradNorm, Is.EqualTo(expected.Step(batch, settings).GradNorm).Within(1e-4));
            }

            foreach (var weight in new[] { "a", "b." }) Assert.That(actual.Read(weight), Is.EqualTo(expected.Read(weight)).Within(1e-5), $"{weight}, {optimizer.GetType().Name}");
        }
    }
}
