namespace ModelTraining.Onnx;

/// <summary>
/// Gradients of convolutions of any number of dimensions, in groups, with strides and dilations. Towards the input: with strides of 1 a convolution by the
/// flipped weights, otherwise a transposed convolution. Towards the weights: see <see cref="KernelGradient"/>.
/// </summary>
internal static class ConvolutionRules
{
    public static void Conv(NodeGradient node)
    {
        var (x, weight, d) = (node.Input(0), node.Input(1), node.Gradient);
        var move = Moves.Of(node, x, Kernel(node, weight));
        node.Ranked(x);
        node.Give(0, () => move.Strides.All(stride => stride == 1) && move.FlippedPads() is { } pads
            ? ByFlippedWeights(node, d, weight, move, pads)
            : TransposedConvolution.Apply(d, weight, x, move, node.Whole("group", 1)));
        node.Give(1, () => TrainingKernels.TakeConvolution(x, weight, move, node.Whole("group", 1))
            ? node.Graph.Add(TrainingKernels.ConvolutionWeightGradient, [x, d], d.Type, weight.Shape, move.Attributes(), TrainingKernels.Domain)
            : KernelGradient.Of(x, d, weight, move, node.Whole("group", 1)));
        node.Give(2, () => OverPixels(d));
    }

    /// <summary>The adjoint of Conv: input and output change places.</summary>
    public static void ConvTranspose(NodeGradient node)
    {
        var (x, weight, d) = (node.Input(0), node.Input(1), node.Gradient);
        var move = Moves.OfTranspose(node, x, Kernel(node, weight));
        node.Ranked(x);
        node.Give(0, () => node.Graph.Add("Conv", [d, weight], d.Type, x.Shape, move.Attributes(node.Whole("group", 1))));
        node.Give(1, () => KernelGradient.Of(d, x, weight, move, node.Whole("group", 1)));
        node.Give(2, () => OverPixels(d));
    }

    private static long[] Kernel(NodeGradient node, Value weight) => [.. Enumerable.Range(2, node.Ranked(weight).Count - 2).Select(axis => node.Size(weight, axis))];

    private static Value OverPixels(Value d) => d.ReduceSum([0, .. Enumerable.Range(2, d.Shape!.Count - 2).Select(axis => (long)axis)], keepDims: false);

    /// <summary>Every kernel turned by 180°, the input's and the output's channels of each group exchanged.</summary>
    private static Value ByFlippedWeights(NodeGradient node, Value d, Value weight, Moves move, long[] pads)
    {
        var groups = node.Whole("group", 1);
        var (outputs, inputs) = (node.Size(weight, 0), node.Size(weight, 1));
        var rank = move.Kernel.Length;
        var axes = Enumerable.Range(2, rank).Where(axis => move.Kernel[axis - 2] > 1).Select(axis => (long)axis).ToArray();
        var graph = node.Graph;
        var flipped = axes.Length == 0 ? weight : graph.Add(
            "Slice",
            [weight, All(-1), All(long.MinValue + 1), Emit.List(graph, axes), All(-1)],
            weight.Type,
            weight.Shape);
        Value swapped;
        if (groups == 1)
        {
            swapped = flipped.Transpose([1, 0, .. Enumerable.Range(2, rank).Select(axis => (long)axis)]);
        }
        else if (inputs == 1 && outputs == groups)
        {
            swapped = flipped;
        }
        else
        {
            swapped = flipped.Reshape([groups, outputs / groups, inputs, .. move.Kernel])
                .Transpose([0, 2, 1, .. Enumerable.Range(3, rank).Select(axis => (long)axis)])
                .Reshape([groups * inputs, outputs / groups, .. move.Kernel]);
        }

        var back = move with { Pads = pads };
        if (TrainingKernels.TakeConvolution(d, swapped, back, groups)) return graph.Add(TrainingKernels.Convolution, [d, swapped], d.Type, node.Input().Shape, back.Attributes(), TrainingKernels.Domain);
        return graph.Add("Conv", [d, swapped], d.Type, node.Input().Shape, back.Attributes(groups));

        Value All(long number) => Emit.List(graph, Enumerable.Repeat(number, axes.Length).ToArray());
    }
}
