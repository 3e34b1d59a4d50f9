using System.Runtime.InteropServices;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Layers;

internal sealed class LayerTests
{
    private static IEnumerable<TestCaseData> Layers()
    {
        yield return Case("dense", [4, 3], x => x.Dense(5, Random()), [4, 5], "dense0.weight [3, 5]", "dense0.bias [5]");
        yield return Case("dense over a sequence", [2, 4, 3], x => x.Dense(5, Random(), initializer: Initializer.GlorotUniform, name: "fc"), [2, 4, 5], "fc.weight [3, 5]", "fc.bias [5]");
        yield return Case("dense without a bias", [4, 3], x => x.Dense(2, Random(), bias: false, Initializer.HeNormal), [4, 2], "dense0.weight [3, 2]");
        yield return Case("two layers", [4, 3], x => x.Dense(5, Random()).Relu().Dense(1, Random()), [4, 1], "dense0.weight [3, 5]", "dense0.bias [5]", "dense1.weight [5, 1]", "dense1.bias [1]");
        yield return Case("residual", [4, 3], x => x.Residual(branch => branch.Dense(3, Random()).Tanh()), [4, 3], "dense0.weight [3, 3]", "dense0.bias [3]");
        yield return Case("convolution", [2, 3, 6, 5], x => x.Conv2D(4, 3, Random(), padding: 1), [2, 4, 6, 5], "conv0.weight [4, 3, 3, 3]", "conv0.bias [4]");
        yield return Case("convolution of a signal", [2, 3, 8], x => x.Conv1D(4, 3, Random(), stride: 2, dilation: 2, padding: 2, initializer: Initializer.GlorotNormal), [2, 4, 4], "conv0.weight [4, 3, 3]", "conv0.bias [4]");
        yield return Case("depthwise convolution", [2, 4, 5, 5], x => x.Conv2D(4, 3, Random(), groups: 4, bias: false), [2, 4, 3, 3], "conv0.weight [4, 1, 3, 3]");
        yield return Case("transposed convolution", [2, 3, 4, 4], x => x.ConvTranspose2D(2, 2, Random(), stride: 2), [2, 2, 8, 8], "convtranspose0.weight [3, 2, 2, 2]", "convtranspose0.bias [2]");
        yield return Case("pools", [2, 3, 8, 8], x => x.Conv2D(4, 1, Random()).MaxPool2D(2).AveragePool2D(2).GlobalAveragePool(), [2, 4], "conv0.weight [4, 3, 1, 1]", "conv0.bias [4]");
        yield return Case("pools of a signal", [2, 3, 8], x => x.Conv1D(4, 1, Random(), initializer: Initializer.HeUniform).MaxPool1D(3, 2, 1).AveragePool1D(2).GlobalMaxPool(), [2, 4], "conv0.weight [4, 3, 1]", "conv0.bias [4]");
        yield return Case("batch normalisation", [4, 3, 2, 2], x => x.BatchNorm(), [4, 3, 2, 2], "batchnorm0.weight [3]", "batchnorm0.bias [3]");
        yield return Case("layer normalisation", [4, 2, 3], x => x.LayerNorm(), [4, 2, 3], "layernorm0.weight [3]", "layernorm0.bias [3]");
        yield return Case("group normalisation", [4, 4, 2, 2], x => x.GroupNorm(2), [4, 4, 2, 2], "groupnorm0.weight [4]", "groupnorm0.bias [4]");
        yield return Case("root mean square normalisation", [4, 2, 3], x => x.RmsNorm(), [4, 2, 3], "rmsnorm0.weight [3]");
        yield return Case("dropout", [4, 3], x => x.Dense(3, Random()).Dropout(0.3f), [4, 3], "dense0.weight [3, 3]", "dense0.bias [3]");
        yield return Case("lstm", [2, 3, 4], x => x.Lstm(5, Random()), [2, 3, 5], "lstm0.input [1, 20, 4]", "lstm0.state [1, 20, 5]", "lstm0.bias [1, 40]");
        yield return Case("lstm of both directions", [2, 3, 4], x => x.Lstm(5, Random(), bidirectional: true), [2, 3, 10], "lstm0.input [2, 20, 4]", "lstm0.state [2, 20, 5]", "lstm0.bias [2, 40]");
        yield return Case("gru", [2, 3, 4], x => x.Gru(5, Random()), [2, 3, 5], "gru0.input [1, 15, 4]", "gru0.state [1, 15, 5]", "gru0.bias [1, 30]");
        yield return Case("attention", [2, 3, 4], x => x.MultiHeadAttention(2, Random()), [2, 3, 4], [.. Attention]);
        yield return Case("attention, causal and masked", [2, 3, 4], x => x.MultiHeadAttention(2, Random(), x.Graph.Constant(Tensor.Of([1L, 1, 0, 1, 1, 1], 2, 3)), causal: true), [2, 3, 4], [.. Attention]);
        yield return Case("positions", [2, 3, 4], x => x.SinusoidalPositions().LearnedPositions(Random()), [2, 3, 4], "positions0.weight [3, 4]");
        foreach (var (name, activation) in new (string, Func<Value, Value>)[]
                 {
                     ("leaky relu", x => x.LeakyRelu()), ("elu", x => x.Elu()), ("selu", x => x.Selu()), ("gelu", x => x.Gelu()), ("silu", x => x.Silu()), ("mish", x => x.Mish()),
                     ("softplus", x => x.Softplus()), ("hard swish", x => x.HardSwish()), ("log softmax", x => x.LogSoftmax()),
                 })
        {
            yield return Case(name, [4, 3], x => activation(x.Dense(3, Random())), [4, 3], "dense0.weight [3, 3]", "dense0.bias [3]");
        }
    }

    private static IEnumerable<string> Attention => new[] { "query", "key", "value", "output" }.SelectMany(part => new[] { $"attention0.{part}.weight [4, 4]", $"attention0.{part}.bias [4]" });

    /// <summary>A small step against the gradient lowers the loss by as much as it says.</summary>
    [TestCaseSource(nameof(Layers))]
    public void A_layer_foretells_its_shape_and_how_the_loss_changes(long[] shape, Func<Value, Value> build, long[] expected, string[] names)
    {
        foreach (var opset in (int[])[12, 17, 21])
        {
            var graph = new Graph("layer", opset);
            var x = graph.Input("x", ElementType.Float, [Dimension.Batch, .. shape.Skip(1).Select(Dimension.FromInt64)]);
            var y = build(x);
            graph.Output("y", y);
            var loss = graph.Output("loss", (y * y * y).ReduceMean(keepDims: false) + (y * y).ReduceMean(keepDims: false));
            var weights = Onnx.Gradients.Weights(loss);
            Assert.That(weights.Select(weight => $"{weight.Name} [{string.Join(", ", weight.Shape!)}]"), Is.EquivalentTo(names));
            Assert.That(y.Shape!.Zip(expected).Where(pair => pair.First.IsKnown && pair.First.Size != pair.Second), Is.Empty, "the shape that was foretold");
            var gradients = Onnx.Gradients.Of(loss, weights);
            for (var i = 0; i < weights.Count; i++) graph.Output($"gradient{i}", gradients[i]);
            var random = new SeededRandom(5);
            var input = new float[shape.Aggregate(1L, (a, b) => a * b)];
            foreach (ref var element in input.AsSpan()) element = (float)random.NextNormal();
            var before = GraphRun.All(OnnxFile.ToBytes(graph), ("x", input, shape));
            Assert.That(before[0].Shape, Is.EqualTo(expected));
            var slopes = before.Skip(2).Select(result => (float[])result.Elements).ToArray();
            var square = slopes.Sum(slope => slope.Sum(element => (double)element * element));
            Assert.That(square, Is.GreaterThan(0));
            var value = ((float[])before[1].Elements)[0];
            var rate = 1e-3 * Math.Abs(value) / square;
            for (var i = 0; i < weights.Count; i++)
            {
                var elements = graph.Constants[weights[i].Name].Elements<float>();
                var writable = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(elements), elements.Length);
                for (var j = 0; j < writable.Length; j++) writable[j] -= (float)(rate * slopes[i][j]);
            }

            var after = ((float[])GraphRun.All(OnnxFile.ToBytes(graph), ("x", input, shape))[1].Elements)[0];
            Assert.That((value - after) / Math.Abs(value), Is.EqualTo(1e-3).Within(3e-5), $"opset {opset}: {value} before, {after} after");
        }
    }

    [Test]
    public void Embedding_looks_up_rows_and_is_trained()
    {
        var graph = new Graph();
        var tokens = graph.Input("tokens", ElementType.Int64, Dimension.Batch, 3);
        var rows = tokens.Embedding(5, 2, Random());
        Assert.That(rows.Shape, Is.EqualTo(new[] { Dimension.Batch, 3, 2 }));
        graph.Output("gradient", Onnx.Gradients.Of(rows.ReduceSum(keepDims: false), [graph["embedding0.weight"]])[0]);
        Assert.That(GraphRun.First(graph, ("tokens", new long[] { 4, 0, 4 }, [1, 3])).Elements, Is.EqualTo(new float[] { 1, 1, 0, 0, 0, 0, 0, 0, 2, 2 }));
    }

    [TestCase(Initializer.FanInUniform, 0.1, 0.1 / 1.7320508)]
    [TestCase(Initializer.GlorotUniform, 0.2, 0.2 / 1.7320508)]
    [TestCase(Initializer.HeUniform, 0.24494897, 0.14142136)]
    [TestCase(Initializer.GlorotNormal, double.NaN, 0.11547005)]
    [TestCase(Initializer.HeNormal, double.NaN, 0.14142136)]
    public void Weights_are_drawn_as_the_initializer_says(Initializer initializer, double bound, double deviation)
    {
        var graph = new Graph();
        graph.Input("x", ElementType.Float, 1, 100).Dense(50, Random(), initializer: initializer);
        var weights = graph.Constants["dense0.weight"].Elements<float>().ToArray();
        Assert.That(Math.Sqrt(weights.Average(weight => weight * weight)), Is.EqualTo(deviation).Within(0.02 * deviation));
        Assert.That(weights.Average(), Is.EqualTo(0).Within(4 * deviation / Math.Sqrt(weights.Length)));
        if (!double.IsNaN(bound)) Assert.That(weights.Max(Math.Abs), Is.LessThanOrEqualTo(bound).And.GreaterThan(0.99 * bound));
        var bias = graph.Constants["dense0.bias"].Elements<float>().ToArray();
        Assert.That(bias.Any(element => element != 0), Is.EqualTo(initializer == Initializer.FanInUniform));
    }

    [Test]
    public void The_same_seed_gives_the_same_weights()
    {
        float[] Weights(ulong seed)
        {
            var graph = new Graph();
            graph.Input("x", ElementType.Float, 1, 4).Dense(3, new SeededRandom(seed));
            return graph.Constants["dense0.weight"].Elements<float>().ToArray();
        }

        var drawn = Weights(1);
        Assert.That(Weights(1), Is.EqualTo(drawn));
        Assert.That(Weights(2), Is.Not.EqualTo(drawn));
    }

    [Test]
    public void A_position_that_is_masked_or_later_changes_nothing()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 1, 3, 2);
        graph.Output("masked", x.MultiHeadAttention(1, Random(), graph.Constant(Tensor.Of([1L, 1, 0], 1, 3)), name: "a").Slice(0, 2, 1));
        graph.Output("causal", x.MultiHeadAttention(1, Random(), causal: true, name: "b").Slice(0, 2, 1));
        var (one, other) = (Run([1, 2, 3, 4, 5, 6]), Run([1, 2, 3, 4, -9, 9]));
        Assert.That(one[0].Elements, Is.EqualTo(other[0].Elements));
        Assert.That(one[1].Elements, Is.EqualTo(other[1].Elements));
        Assert.That(Run([1, 2, 0, 4, 5, 6])[0].Elements, Is.Not.EqualTo(one[0].Elements));

        IReadOnlyList<(Array Elements, long[] Shape)> Run(float[] values) => GraphRun.All(OnnxFile.ToBytes(graph), ("x", values, [1, 3, 2]));
    }

    [Test]
    public void Positions_are_sines_and_cosines()
    {
        var graph = new Graph();
        graph.Output("y", graph.Input("x", ElementType.Float, 1, 2, 4).SinusoidalPositions());
        var y = (float[])GraphRun.First(graph, ("x", new float[8], [1, 2, 4])).Elements;
        Assert.That(y, Is.EqualTo(new[] { 0, 1, 0, 1, (float)Math.Sin(1), (float)Math.Cos(1), (float)Math.Sin(0.01), (float)Math.Cos(0.01) }).Within(1e-6f));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new TestCaseData("MT1700", "'units' of Dense must be at least 1. Got 0", (Func<Value, object>)(x => x.Dense(0, Random())));
        yield return new TestCaseData("MT1700", "'stride' of Conv2D must be at least 1. Got 0", (Func<Value, object>)(x => x.Conv2D(1, 3, Random(), stride: 0)));
        yield return new TestCaseData("MT1701", "'rate' of Dropout must be in [0, 1). Got 1", (Func<Value, object>)(x => x.Dropout(1)));
        yield return new TestCaseData("MT1702", "'groups' of Conv2D must divide 3. Got 2", (Func<Value, object>)(x => x.Conv2D(4, 3, Random(), groups: 2)));
        yield return new TestCaseData("MT3015", "LSTM takes 3 dimensions whose dimension 2 is known, not x: Float[batch, 3, 4, 5]", (Func<Value, object>)(x => x.Lstm(2, Random())));
        yield return new TestCaseData("MT3100", "a window of 9 is larger than dimension 2", (Func<Value, object>)(x => x.Conv2D(1, 9, Random())));
        yield return new TestCaseData("MT3100", "given to ConvTranspose leave nothing: pads cut dimension 2 off", (Func<Value, object>)(x => x.ConvTranspose2D(2, 3, Random(), padding: 9)));
        yield return new TestCaseData("MT1705", "'padding' of MaxPool2D must be at most 1. Got 2", (Func<Value, object>)(x => x.MaxPool2D(2, padding: 2)));
        yield return new TestCaseData("MT1705", "'padding' of AveragePool2D must be at most 1. Got 3", (Func<Value, object>)(x => x.AveragePool2D(2, padding: 3)));
        yield return new TestCaseData("MT1705", "weight 'dense0.weight' of shape [5, 2147483647] would have more than", (Func<Value, object>)(x => x.Dense(int.MaxValue, Random())));
        yield return new TestCaseData("MT3100", "given to Residual are not the same: x: Float[batch, 3, 4, 5] and", (Func<Value, object>)(x => x.Residual(branch => branch.Dense(1, Random()))));
        yield return new TestCaseData("MT3100", "given to MultiHeadAttention are not what is looked at", (Func<Value, object>)(x => x.Reshape(-1, 12, 5).MultiHeadAttention(5, Random(), x.Graph.Input("mask", ElementType.Float, Dimension.Batch, 12, 12))));
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_layer_that_does_not_fit_says_so_when_it_is_built(string id, string message, Func<Value, object> build)
    {
        var x = new Graph().Input("x", ElementType.Float, Dimension.Batch, 3, 4, 5);
        Assert.That(() => build(x), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo(id).And.Message.Contains(message));
    }

    [Test]
    public void A_layer_of_a_loaded_graph_that_does_not_fit_is_named()
    {
        var graph = new Graph("broken");
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 3);
        graph.Output("y", graph.Add("Gemm", [x, graph.Constant(Tensor.Of(new float[8], 4, 2), "w")], ElementType.Undefined));
        var loaded = OnnxFile.Load(OnnxFile.ToBytes(graph));
        var exception = Assert.Throws<ModelTrainingException>(() => ShapeInference.Infer(loaded))!;
        Assert.That((exception.Id, exception.Place), Is.EqualTo(("MT3100", "node 'Gemm_0' of graph 'broken'")));
        Assert.That(exception.Message, Does.Contain("x: Float[batch, 3] and w: Float[4, 2]"));
    }

    private static SeededRandom Random() => new(3);

    private static TestCaseData Case(string name, long[] shape, Func<Value, Value> build, long[] expected, params string[] names) => new TestCaseData(shape, build, expected, names).SetArgDisplayNames(name);
}
