using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Kernels;

/// <summary>The operators of our own against ONNX Runtime's on the same numbers: the gradients of a step, whose graph uses the one, and of a graph that does not.</summary>
public class KernelTests
{
    private static IEnumerable<TestCaseData> Cases
    {
        get
        {
            yield return Of(TrainingKernels.ReluGradient, [3, 37], x => x.Relu());
            yield return Of(TrainingKernels.GeluGradient, [5, 33], x => x.Gelu()).SetArgDisplayNames("Gelu, ½x first");
            yield return Of(TrainingKernels.GeluGradient, [5, 33], x => x * ((x * 0.70710678f).Erf() + 1f) * 0.5f).SetArgDisplayNames("Gelu, ½ last");
            yield return Of(TrainingKernels.GeluGradient, [5, 33], x => x * (0.5f * (1f + (x / 1.41421356f).Erf()))).SetArgDisplayNames("Gelu, x last");
            yield return Of(TrainingKernels.SoftmaxGradient, [2, 3, 17], x => x.Softmax());
            yield return Of(TrainingKernels.LayerNormalizationGradient, [4, 5, 19], x => x.LayerNorm());
            yield return Of(TrainingKernels.LayerNormalizationGradient, [50, 16], x => x.LayerNorm()).SetArgDisplayNames("LayerNormalization, groups of rows");
            yield return Of(TrainingKernels.BatchNormalizationGradient, [3, 5, 2, 9], x => x.BatchNorm(), x => Normalized(x, 0, 2, 3));
            yield return Of(TrainingKernels.BatchNormalizationGradient, [6, 5], x => x.BatchNorm(), x => Normalized(x, 0)).SetArgDisplayNames("BatchNormalization of rows");
            yield return Of(TrainingKernels.BatchNormalizationGradient, [9, 150], x => x.BatchNorm(), x => Normalized(x, 0)).SetArgDisplayNames("BatchNormalization of wide rows");
            yield return Of(TrainingKernels.SumRows, [40, 3], x => x.Gather(x.Graph.Constant(Tensor.Of([5L, -1, 0, 5, 5, -40], 2, 3))));
            yield return Of(TrainingKernels.SumRows, [7, 2, 4], x => x.Gather(x.Graph.Constant(Tensor.Of([3L, 3], 2)))).SetArgDisplayNames("SumRows of matrices");
            yield return Of(TrainingKernels.Sum, [5, 13], x => x + (x * x) + x.Tanh());
            yield return Of(TrainingKernels.SumColumns, [1000, 13], x => x + x.Graph.Constant(Tensor.Of(Numbers(13, 5), 13), "bias"));
            yield return Of(TrainingKernels.SumColumns, [2, 3, 5], x => x + x.Graph.Constant(Tensor.Of(Numbers(5, 5), 5), "bias"));
            yield return Of(TrainingKernels.Swap, [3, 2, 5, 7], x => (x * 2f).Transpose(0, 2, 1, 3));
            yield return Product([2, 129, 129], x => x.MatMul(Weight(x, "w", 129, 260)) + Weight(x, "bias", 260));
            yield return Product([300, 70], x => Weight(x, "bias", 110) + x.MatMul(Weight(x, "w", 70, 110))).SetArgDisplayNames("Product, bias first");
            yield return Product([300, 70], x => x.MatMul(Weight(x, "w", 70, 110)).Tanh() + Weight(x, "bias", 110)).SetArgDisplayNames("Product without bias");
            yield return Product([260, 1100], x => x.Gemm(Weight(x, "w", 1100, 1060), Weight(x, "bias", 1060))).SetArgDisplayNames("Product of blocks");
            yield return Product([264, 700], x => x.MatMul(Weight(x, "w", 700, 40))).SetArgDisplayNames("Product of long rows");
            yield return Product([2100, 40], x => x.Gemm(Weight(x, "w", 41, 40), Weight(x, "bias", 41), transposeWeight: true)).SetArgDisplayNames("Product by transposed weights");
            yield return Of(TrainingKernels.ProductTimes, [2, 150, 64], x => (x.MatMul(Weight(x, "up", 64, 304)) + Weight(x, "bias", 304)).Gelu().MatMul(Weight(x, "down", 304, 33))).SetArgDisplayNames("Gelu between products");
            yield return Of(TrainingKernels.ProductGelu, [2, 150, 64], x => Used((x.MatMul(Weight(x, "up", 64, 304)) + Weight(x, "bias", 304)).Gelu(), gelu => gelu.MatMul(Weight(x, "down", 304, 33)).MatMul(Weight(x, "up2", 33, 304)) + gelu)).SetArgDisplayNames("Gelu of a product, used twice");
            yield return Of(TrainingKernels.GeluGradient, [2, 150, 64], x => Used(x.MatMul(Weight(x, "up", 64, 304)), product => product.Gelu() + product)).SetArgDisplayNames("Gelu of a product that is used beside it");
            yield return Product([1300, 33], x => x.MatMul(x.Transpose(1, 0))).SetArgDisplayNames("Product of one value by itself");
            yield return Attention([2, 30, 24], x => x.MultiHeadAttention(2, new SeededRandom(3)));
            yield return Attention([1, 13, 80], x => x.MultiHeadAttention(2, new SeededRandom(3), mask: Mask(x, 13), causal: true)).SetArgDisplayNames("Attention of masked sequences");
            yield return Attention([2, 5, 36], x => x.MultiHeadAttention(1, new SeededRandom(3), context: Weight(x, "context", 2, 37, 36))).SetArgDisplayNames("Attention to another sequence");
            yield return Attention([2, 17, 12], x => Exported(x, scores => scores / Emit.Scalar(x, 2.5))).SetArgDisplayNames("Attention, keys transposed twice, scores divided");
            yield return Attention([2, 17, 12], x => Exported(x, scores => (scores * 0.4f) + Emit.Fixed(x.Graph, Tensor.Of(Numbers(2 * 17, 6), 2, 1, 17)))).SetArgDisplayNames("Attention with a mask of each head");
            yield return Convolution([3, 3, 9, 11], 8, [3, 3], [1, 1], [1, 1], [1, 1, 1, 1]);
            yield return Convolution([2, 5, 8, 8], 11, [3, 3], [2, 2], [1, 1], [1, 1, 1, 1]);
            yield return Convolution([2, 3, 7, 8], 16, [3, 3], [2, 2], [1, 1], [0, 1, 2, 1]);
            yield return Convolution([2, 2, 10, 9], 8, [3, 2], [1, 1], [2, 2], [2, 0, 2, 0]);
            yield return Convolution([2, 3, 9, 9], 8, [3, 3], [3, 2], [1, 2], [1, 2, 1, 2]);
            yield return Convolution([2, 3, 6, 7], 9, [1, 1], [2, 2], [1, 1], [0, 0, 0, 0]);
            yield return Convolution([3, 16, 2, 1], 16, [2, 2], [3, 3], [2, 2], [1, 1, 1, 1]);
            yield return Convolution([2, 9, 20, 40], 8, [5, 5], [1, 1], [1, 1], [2, 2, 2, 2]);
            yield return Convolution([35, 10, 5, 5], 9, [3, 3], [1, 1], [1, 1], [1, 1, 1, 1]);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Step_has_the_gradients_of_the_graph_without_kernels(string kernel, Func<Graph, Value> own, Func<Graph, Value> plain)
    {
        if ((kernel.StartsWith("Convolution", StringComparison.Ordinal) || kernel is TrainingKernels.Product or TrainingKernels.ProductGelu or TrainingKernels.ProductTimes or TrainingKernels.AttentionGradient) && !Vector512.IsHardwareAccelerated) Assert.Ignore("The processor has no vectors of 512 bits.");
        var training = Training(own);
        var step = new StepGraph(training);
        Assert.That(step.Graph.Nodes.Select(node => node.OpType), Does.Contain(kernel));
        var got = Run(step, training, threads: 1);

        var graph = new Graph();
        var loss = Loss(plain(graph));
        var weights = Onnx.Gradients.Weights(loss);
        foreach (var gradient in Onnx.Gradients.Of(loss, weights)) graph.AddOutput(gradient);
        graph.AddOutput(loss);
        Assert.That(graph.Opsets.Keys, Does.Not.Contain(TrainingKernels.Domain));
        var expected = GraphRun.All(OnnxFile.ToBytes(graph)).Select(output => (float[])output.Elements).ToArray();
        Assert.That(got, Has.Length.EqualTo(expected.Length));
        for (var i = 0; i < expected.Length; i++)
        {
            // Shares do not depend on the bias of keys: what there is of its gradient is rounding. The loss is the sum of all outputs, of either sign.
            var rounding = i == weights.Count ? expected[..^1].Sum(gradient => gradient.Length) : weights[i].Name.EndsWith("key.bias", StringComparison.Ordinal) ? 10 : 1e-3;
            var scale = expected[i].Max(Math.Abs) + rounding;
            Assert.That(got[i], Is.EqualTo(expected[i]).Within(3e-6 * scale), i < weights.Count ? weights[i].Name : "loss");
        }

        Assert.That(Run(step, training, threads: 2), Is.EqualTo(got), "bits do not depend on the number of threads");
    }

    [Test]
    public void GeluGradient_is_right_far_from_zero([Values(-30f, -9.5f, -5f, -0.001f, 0f, 0.001f, 4f, 12f)] float x)
    {
        var graph = new Graph();
        TrainingKernels.Allow(graph);
        var value = graph.Constant(Tensor.Of([x], 1));
        graph.AddOutput(TrainingKernels.Add(TrainingKernels.GeluGradient, value, graph.Constant(Tensor.Of([1f], 1)), value));
        using var options = new SessionOptions();
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(OnnxFile.ToBytes(graph), options);
        using var run = new RunOptions();
        using var outputs = session.Run(run, new Dictionary<string, OrtValue>(), session.OutputNames);

        // 1 + erf by its series in double, and by its fraction where the series loses all digits.
        double Density(double at) => Math.Exp(-at * at / 2) / Math.Sqrt(2 * Math.PI);
        double Below(double at)
        {
            if (at < -6) return Density(at) / -at;
            if (at > 6) return 1;
            double term = at, sum = at;
            for (var k = 1; k < 200; k++) sum += term *= at * at / ((2 * k) + 1);
            return 0.5 + (Density(at) * sum);
        }

        Assert.That(outputs[0].GetTensorDataAsSpan<float>()[0], Is.EqualTo(Below(x) + (x * Density(x))).Within(3e-7));
    }

    [Test]
    public unsafe void Part_that_throws_does_not_end_the_process()
    {
        var kernel = new Throwing();
        var handle = GCHandle.Alloc(kernel);
        delegate* unmanaged<void*, nuint, void> part = &KernelOperators.Part;
        part((void*)GCHandle.ToIntPtr(handle), 7);
        handle.Free();
        Assert.That(kernel.Failure, Is.TypeOf<InsufficientMemoryException>().With.Message.EqualTo("7"));
    }

    private static TestCaseData Of(string kernel, long[] shape, Func<Value, Value> own, Func<Value, Value>? plain = null) =>
        new TestCaseData(kernel, (Graph graph) => own(Input(graph, shape)), (Graph graph) => (plain ?? own)(Input(graph, shape))).SetArgDisplayNames($"{kernel} [{string.Join(", ", shape)}]");

    private static TestCaseData Product(long[] shape, Func<Value, Value> own) => Of(TrainingKernels.Product, shape, own);

    private static TestCaseData Attention(long[] shape, Func<Value, Value> own) => Of(TrainingKernels.AttentionGradient, shape, own);

    /// <summary>All positions but the third and the last may be looked at.</summary>
    private static Value Mask(Value x, int length) => x.Graph.Constant(Tensor.Of([.. Enumerable.Range(0, length).Select(i => i == 2 || i == length - 1 ? 0L : 1)], 1, length));

    /// <summary>Attention of two heads as exported networks write it.</summary>
    private static Value Exported(Value x, Func<Value, Value> scored)
    {
        var width = x.Shape![2].Size;
        var scores = Heads(x).MatMul(Heads(x.Tanh()).Transpose(0, 1, 3, 2));
        return scored(scores).Softmax().MatMul(Heads(x * 0.3f)).Transpose(0, 2, 1, 3).Reshape(0, 0, width);

        Value Heads(Value value) => value.Reshape(0, 0, 2, width / 2).Transpose(0, 2, 1, 3);
    }

    private static Value Used(Value value, Func<Value, Value> by) => by(value);

    private static Value Weight(Value x, string name, params long[] shape) => x.Graph.Constant(Tensor.Of(Numbers(shape.Aggregate((a, b) => a * b), 4), shape), name);

    private static TestCaseData Convolution(long[] shape, int outputs, long[] kernel, long[] strides, long[] dilations, long[] pads)
    {
        Value Build(Graph graph)
        {
            var weight = graph.Constant(Tensor.Of(Numbers(outputs * shape[1] * kernel[0] * kernel[1], 2), [outputs, shape[1], .. kernel]), "w");
            var result = graph.Add("Conv", [Input(graph, shape), weight], ElementType.Float, null, [("kernel_shape", kernel), ("strides", strides), ("dilations", dilations), ("pads", pads)]);
            ShapeInference.Infer(graph);
            return result;
        }

        return new TestCaseData(TrainingKernels.ConvolutionWeightGradient, (Func<Graph, Value>)Build, (Func<Graph, Value>)Build)
            .SetArgDisplayNames($"Convolution [{string.Join(", ", shape)}] to {outputs} by {string.Join("x", kernel)}, strides {string.Join("x", strides)}, dilations {string.Join("x", dilations)}, pads {string.Join(" ", pads)}");
    }

    private static Value Input(Graph graph, long[] shape) => graph.Constant(Tensor.Of(Numbers(shape.Aggregate((a, b) => a * b), 1), shape), "x");

    private static Value Normalized(Value x, params long[] axes)
    {
        var channels = x.Shape![1].Size;
        long[] each = [channels, .. Enumerable.Repeat(1L, axes.Length - 1)];
        var centred = x - x.ReduceMean(axes);
        var scale = x.Graph.Constant(Tensor.Of(Enumerable.Repeat(1f, (int)channels).ToArray(), channels), "batchnorm0.weight");
        var shift = x.Graph.Constant(Tensor.Of(new float[channels], channels), "batchnorm0.bias");
        return (centred / ((centred * centred).ReduceMean(axes) + 1e-5f).Sqrt() * scale.Reshape(each)) + shift.Reshape(each);
    }

    /// <summary>One that has a different gradient towards each element.</summary>
    private static Value Loss(Value output)
    {
        var weights = output.Graph.Add("Constant", [], ElementType.Float, output.Shape, [("value", Tensor.Of(Numbers(Shapes.Count(output.Shape!), 3), [.. output.Shape!.Select(size => size.Size)]))]);
        return (output * weights).ReduceSum(keepDims: false);
    }

    private static TrainingGraph Training(Func<Graph, Value> build)
    {
        var graph = new Graph();
        var output = build(graph);
        var loss = Loss(output);
        return new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = [output.Name], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
    }

    private static float[][] Run(StepGraph step, TrainingGraph training, int threads)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = threads };
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(OnnxFile.ToBytes(step.Graph), options);
        using var run = new RunOptions();
        var constants = training.Graph.Constants;
        var inputs = training.Weights.Select(weight => weight.Name).Where(session.InputMetadata.ContainsKey)
            .ToDictionary(name => name, name => GraphRun.Create(constants[name].Elements<float>().ToArray(), constants[name].Shape.ToArray()));
        using var first = session.Run(run, inputs, [.. step.GradientNames, step.Loss]);

        // Again: nothing that a kernel keeps may change what it gives.
        using var second = session.Run(run, inputs, [.. step.GradientNames, step.Loss]);
        foreach (var input in inputs.Values) input.Dispose();
        var results = second.Select(value => value.GetTensorDataAsSpan<float>().ToArray()).ToArray();
        Assert.That(first.Select(value => value.GetTensorDataAsSpan<float>().ToArray()), Is.EqualTo(results));
        return results;
    }

    private static float[] Numbers(long count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, (int)count).Select(_ => (float)(2 * random.NextNormal()))];
    }

    private sealed class Throwing : Kernel
    {
        public override void Run(in KernelCall call) => call.ForEach(this, 2);

        public override void Part(int part) => throw new InsufficientMemoryException($"{part}");
    }
}
