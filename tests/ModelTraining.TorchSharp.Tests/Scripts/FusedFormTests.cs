using ModelTraining.Onnx;
using ModelTraining.Tests.Training;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Scripts;

public class FusedFormTests
{
    private const int Rows = 3, Length = 8, Width = 16, Words = 11;

    /// <summary>Whether attention and Gelu come to be one operator each, and how many products take their bias along.</summary>
    private static IEnumerable<TestCaseData> Encoders()
    {
        yield return Case("plain", Encoder(), Precision.Float32, attention: true, linear: 6);
        yield return Case("padding", Encoder(padding: true), Precision.Float32, attention: true, linear: 6);
        yield return Case("causal", Encoder(causal: true), Precision.Float32, attention: true, linear: 6);
        yield return Case("16 bits", Encoder(), Precision.Float16, attention: true, linear: 6);
        yield return Case("masks in 16 bits", Encoder(padding: true), Precision.Float16, attention: false, linear: 6);
        yield return Case("scores that are learned", Encoder(learned: true), Precision.Float32, attention: false, linear: 6);
        yield return Case("a product with two readers", Encoder(twice: true), Precision.Float32, attention: true, linear: 5);
        static TestCaseData Case(string name, TrainingGraph graph, Precision precision, bool attention, int linear) => new TestCaseData(graph, precision, attention, linear).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Encoders))]
    public void Script_has_one_operator_for_what_libtorch_has_one_for(TrainingGraph graph, Precision precision, bool attention, int linear)
    {
        var script = new SessionGraphs(graph, drawsNoise: false).Backward(Batch(), new ScriptForm(precision), inSegments: false).Script.Lines;
        Assert.That(Count(script, "torch.scaled_dot_product_attention("), Is.EqualTo(attention ? 1 : 0));
        Assert.That(Count(script, "torch.softmax("), Is.EqualTo(attention ? 0 : 1));
        Assert.That(Count(script, "torch.linear("), Is.EqualTo(linear));
        Assert.That((Count(script, "torch.gelu("), Count(script, "torch.erf(")), Is.EqualTo((1, 0)));
    }

    [TestCaseSource(nameof(Encoders))]
    public void Step_is_that_of_the_default_backend(TrainingGraph graph, Precision precision, bool attention, int linear)
    {
        Libtorch.Require(Device.Cpu);
        var settings = new BackendSettings { Optimizer = new Sgd(), Threads = 1 };
        using var expected = new OnnxRuntimeBackend().Compile(graph, settings);
        using var actual = new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = precision, InitialLossScale = 128 }).Compile(graph, settings);
        var (batch, tolerance) = (Batch(), precision == Precision.Float32 ? 1e-5 : 2e-2);
        for (var i = 0; i < 3; i++)
        {
            var (wanted, given) = (expected.Step(batch, new StepSettings { LearningRate = 0.05 }), actual.Step(batch, new StepSettings { LearningRate = 0.05 }));
            Assert.That(given.Loss, Is.EqualTo(wanted.Loss).Within(tolerance), $"step {i}");
            Assert.That(given.GradNorm, Is.EqualTo(wanted.GradNorm).Within(10 * tolerance * wanted.GradNorm), $"step {i}");
        }

        foreach (var weight in graph.Weights) Assert.That(actual.Read(weight.Name), Is.EqualTo(expected.Read(weight.Name)).Within(2 * tolerance), weight.Name);
        Assert.That(actual.Evaluate(batch, []), Is.EqualTo(expected.Evaluate(batch, [])).Within(tolerance));
    }

    [TestCase(Precision.Float32)]
    [TestCase(Precision.BFloat16)]
    public void Step_with_a_text_that_is_masked_whole_by_the_least_number_is_that_of_the_default_backend(Precision precision)
    {
        Libtorch.Require(Device.Cpu);
        var graph = new Graph("masked");
        var (x, mask) = (graph.Input("x", ElementType.Float, Dimension.Batch, 2, 4, Length), graph.Input("mask", ElementType.Float, Dimension.Batch, 1, 1, 4));
        var heads = x * SmallNetworks.Weight(graph, "scale", Length);
        var seen = ((heads.MatMul(heads.Transpose(0, 1, 3, 2)) * 0.3f) + mask).Softmax().MatMul(heads);
        graph.Output("seen", seen);
        var loss = graph.Output("loss", (seen * seen).ReduceMean(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["seen"], Weights = [new TrainedWeight("scale")] };
        var batch = new TrainingBatch([new BatchInput("x", ElementType.Float, [2, 4, Length]), new BatchInput("mask", ElementType.Float, [1, 1, 4])], 2);
        foreach (var (i, _) in batch.Floats(0).ToArray().Index()) batch.Floats(0)[i] = MathF.Sin(i);
        batch.Floats(1)[4..].Fill(float.MinValue);
        Assert.That(new SessionGraphs(training, drawsNoise: false).Backward(batch, new ScriptForm(precision), inSegments: false).Script.Lines, Does.Contain("scaled_dot_product_attention"));
        using var expected = new OnnxRuntimeBackend().Compile(training, new BackendSettings { Threads = 1 });
        using var actual = new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = precision }).Compile(training, new BackendSettings { Threads = 1 });
        var (wanted, given) = (expected.Step(batch, new StepSettings { LearningRate = 0.01 }), actual.Step(batch, new StepSettings { LearningRate = 0.01 }));
        Assert.That(given.Updated, Is.True);
        Assert.That(given.Loss, Is.EqualTo(wanted.Loss).Within(0.01 * wanted.Loss), "all positions count the same there");
    }

    [Test]
    public void FindNotFinite_names_the_node_as_the_network_has_it()
    {
        Libtorch.Require(Device.Cpu);
        using var session = new TorchSharpBackend(Device.Cpu).Compile(Encoder(), new BackendSettings { Threads = 1 });
        session.Write("dense1.bias", [.. Enumerable.Repeat(float.NaN, Width)]);
        Assert.That(session.FindNotFinite(Batch(), new StepSettings { LearningRate = 0 }), Does.StartWith("Add '"));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static TrainingGraph Encoder(bool padding = false, bool causal = false, bool learned = false, bool twice = false)
    {
        var random = new SeededRandom(1);
        var graph = new Graph("encoder");
        var ids = graph.Input("ids", ElementType.Int64, Dimension.Batch, Length);
        var target = graph.Input("target", ElementType.Int64, Dimension.Batch);
        var value = ids.Embedding(Words, Width, random).LearnedPositions(random);
        value = value.Residual(part => learned ? Learned(part, random) : part.MultiHeadAttention(2, random, padding ? ids.Equal(0).Not() : null, causal)).LayerNorm();
        value = value.Residual(part => part.Dense(4 * Width, random, name: "up").Gelu().Dense(Width, random, name: "dense1")).LayerNorm();
        if (twice)
        {
            var product = graph.Nodes.Last(node => node.OpType == "MatMul").Outputs[0];
            value += graph[product];
        }

        var scores = value.ReduceMean([1], keepDims: false).Dense(2, random);
        graph.Output("scores", scores);
        var loss = Onnx.Losses.CrossEntropy()(scores, target);
        return new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
    }

    /// <summary>Attention whose scores have a learned part for each pair of positions.</summary>
    private static Value Learned(Value value, SeededRandom random)
    {
        Value Heads(string name, params long[] order) => value.Dense(Width, random, name: name).Reshape(-1, Length, 2, Width / 2).Transpose(order);
        var scores = (Heads("query", 0, 2, 1, 3).MatMul(Heads("key", 0, 2, 3, 1)) * 0.35f) + SmallNetworks.Weight(value.Graph, "nearness", Length, Length);
        return scores.Softmax().MatMul(Heads("content", 0, 2, 1, 3)).Transpose(0, 2, 1, 3).Reshape(-1, Length, Width).Dense(Width, random, name: "output");
    }

    private static TrainingBatch Batch()
    {
        var batch = new TrainingBatch([new BatchInput("ids", ElementType.Int64, [Length]), new BatchInput("target", ElementType.Int64, [])], Rows);
        for (var i = 0; i < Rows * Length; i++) batch.Integers(0)[i] = i % Length > 5 ? 0 : (i * 7 % (Words - 1)) + 1;
        for (var i = 0; i < Rows; i++) batch.Integers(1)[i] = i % 2;
        return batch;
    }
}
