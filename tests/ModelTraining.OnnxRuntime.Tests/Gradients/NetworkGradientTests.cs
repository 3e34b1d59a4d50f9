using System.Runtime.InteropServices;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>Networks that others trained: each gets a gradient, and a small step against it lowers the loss by as much as it says.</summary>
internal sealed class NetworkGradientTests
{
    [TestCase("cifar10-cnn/cifar10-cnn.onnx", 1)]
    [TestCase("digits04-cnn/digits04-cnn.onnx", 8)]
    [TestCase("fastestdet/fastestdet.onnx", 1)]
    [TestCase("iris/iris-mlp.onnx", 8)]
    [TestCase("magika/magika.onnx", 2)]
    [TestCase("mnist-12/mnist-12.onnx", 1)]
    [TestCase("squeezenet1.1/squeezenet1.1.onnx", 1)]
    [TestCase("super-resolution/super-resolution.onnx", 1)]
    [TestCase("tiny-encoder/tiny-encoder.onnx", 4)]
    [TestCase("tiny-encoder/tiny-encoder-opset14.onnx", 4)]
    public void Of_a_loaded_network_foretells_how_the_loss_changes(string file, int rows)
    {
        var graph = OnnxFile.Load(TestData.Shared($"models/{file}"));
        ShapeInference.Infer(graph);
        var output = graph.Outputs[0];
        Assert.That(output.Shape, Is.Not.Null);
        var loss = graph.Output("loss", (output * output).ReduceMean(keepDims: false));
        var weights = Onnx.Gradients.Weights(loss);
        var gradients = Onnx.Gradients.Of(loss, weights);
        Assert.That(weights, Has.Count.GreaterThan(1));
        for (var i = 0; i < weights.Count; i++)
        {
            Assert.That(gradients[i].Shape, Is.EqualTo(weights[i].Shape), weights[i].Name);
            graph.Output($"gradient{i}", gradients[i]);
        }

        var random = new SeededRandom(1);
        var inputs = graph.Inputs.Select(input => Sample(input, random, rows)).ToArray();
        var at = graph.Outputs.ToList().IndexOf(loss);
        var before = GraphRun.All(OnnxFile.ToBytes(graph), inputs);
        var value = ((float[])before[at].Elements)[0];
        var slopes = before.Skip(at + 1).Select(result => (float[])result.Elements).ToArray();
        Assert.That(slopes.SelectMany(slope => slope), Has.All.Not.NaN);
        var square = slopes.Sum(slope => slope.Sum(element => (double)element * element));
        Assert.That(square, Is.GreaterThan(0));

        // A ten-thousandth of the loss is enough to be seen in float, and little enough for the network to be nearly linear.
        var rate = 1e-4 * value / square;
        for (var i = 0; i < weights.Count; i++)
        {
            var elements = Writable(graph.Constants[weights[i].Name]);
            for (var j = 0; j < elements.Length; j++) elements[j] -= (float)(rate * slopes[i][j]);
        }

        var after = ((float[])GraphRun.All(OnnxFile.ToBytes(graph), inputs)[at].Elements)[0];
        Assert.That((value - after) / value, Is.EqualTo(1e-4).Within(2e-5), $"loss {value} before, {after} after");
    }

    private static Span<float> Writable(Tensor tensor)
    {
        var elements = tensor.Elements<float>();
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(elements), elements.Length);
    }

    private static (string, Array, long[]) Sample(Value input, SeededRandom random, int rows)
    {
        long[] shape = [.. input.Shape!.Select(size => size.IsKnown ? size.Size : size.Name == "sequence" ? 16 : rows)];
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return (input.Name, input.Type switch
        {
            ElementType.Float => Fill(() => (float)random.NextNormal()),
            ElementType.Int32 => Fill(() => random.Next(256)),
            ElementType.Int64 => Fill(() => input.Name.Contains("mask", StringComparison.Ordinal) ? 1L : random.Next(1000)),
            _ => throw new NotSupportedException(input.ToString()),
        }, shape);

        T[] Fill<T>(Func<T> next) => [.. Enumerable.Range(0, (int)count).Select(_ => next())];
    }
}
