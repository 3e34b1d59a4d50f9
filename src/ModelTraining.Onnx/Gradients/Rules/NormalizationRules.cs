namespace ModelTraining.Onnx;

/// <summary>Gradients of normalisations. With statistics of the batch, those depend on the input, too (Ioffe and Szegedy, "Batch Normalization", 2015).</summary>
internal static class NormalizationRules
{
    private const int TrainingByAttribute = 14;

    public static void Batch(NodeGradient node)
    {
        var training = node.Since(TrainingByAttribute) ? node.Whole("training_mode", 0) != 0 : node.Node.Outputs.Count(name => name.Length > 0) > 1;
        if (training) OfBatch(node);
        else OfFixedStatistics(node);
    }

    /// <summary>As <see cref="Batch"/> with statistics of the batch, by what forward computed.</summary>
    public static void BatchForm(NodeGradient node) => Form(node, TrainingKernels.BatchNormalizationGradient, node.Output(1), node.Output(3));

    /// <summary>As <see cref="Layer"/>, by what forward computed.</summary>
    public static void LayerForm(NodeGradient node) => Form(node, TrainingKernels.LayerNormalizationGradient, node.Output(1), node.Output(2));

    /// <summary>Over the axes from one on; mean and inverse deviation are outputs that the node is given.</summary>
    public static void Layer(NodeGradient node)
    {
        var (x, scale, d) = (node.Input(0), node.Input(1), node.Gradient);
        var rank = node.Ranked(x).Count;
        var axis = Shapes.Axis("LayerNormalization", x, node.Whole("axis", -1), rank);
        var axes = Enumerable.Range(axis, rank - axis).Select(i => (long)i).ToArray();
        (ElementType, IReadOnlyList<Dimension>?) Statistic(int output) => (x.Type, [.. x.Shape!.Take(axis), .. Enumerable.Repeat((Dimension)1, rank - axis)]);
        var mean = node.Output(1, Statistic);
        var inverse = node.Output(2, Statistic);
        Value? normal = null;
        Value Normal() => normal ??= (x - mean) * inverse;
        Value Count() => x.Graph.Constant(axes.Aggregate(1L, (product, i) => product * node.Size(x, (int)i))).Cast(x.Type);
        node.Give(0, () =>
        {
            var scaled = d * scale;
            var gradient = (scaled - scaled.ReduceMean(axes) - (Normal() * (scaled * Normal()).ReduceMean(axes))) * inverse;
            if (node.GradientOf(1) is { } towardsMean) gradient += towardsMean / Count();
            if (node.GradientOf(2) is { } towardsInverse) gradient -= towardsInverse * inverse * inverse * Normal() / Count();
            return gradient;
        });
        node.GiveSummed(1, () => d * Normal());
        node.GiveSummed(2, () => d);
    }

    /// <summary>Over the pixels of each channel.</summary>
    public static void Instance(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var rank = node.Ranked(x).Count;
        var normal = Normalized(x, [.. Pixels(rank)], node.Number("epsilon", 1e-5f));
        return [(normal * Channels(node.Input(1), rank)) + Channels(node.Input(2), rank)];
    });

    /// <summary>Over groups of channels (Wu and He, "Group Normalization", 2018). Before opset 21 scale and bias are of groups, from then on of channels.</summary>
    public static void Group(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var rank = node.Ranked(x).Count;
        var groups = node.Whole("num_groups", 1);
        var grouped = x.Reshape(0, groups, -1);
        var normal = Normalized(grouped, [2], node.Number("epsilon", 1e-5f));
        if (!node.Since(21)) return [Broadcasting.ReshapeTo((normal * Channels(node.Input(1), 3)) + Channels(node.Input(2), 3), x)];
        return [(Broadcasting.ReshapeTo(normal, x) * Channels(node.Input(1), rank)) + Channels(node.Input(2), rank)];
    });

    /// <summary>Over neighbouring channels (Krizhevsky et al., 2012): x / (bias + α/size · Σ x²)^β. The sum is an average pool over the channels.</summary>
    public static void Local(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var size = node.Whole("size", 1);
        var square = (x * x).Reshape(0, 0, -1).Unsqueeze(1);
        (string, object)[] window = [("kernel_shape", new[] { size, 1 }), ("pads", new[] { (size - 1) / 2, 0, size / 2, 0 }), ("count_include_pad", 1L)];
        var mean = x.Graph.Add("AveragePool", [square], x.Type, square.Shape, window);
        var scale = (mean * node.Number("alpha", 1e-4f)) + node.Number("bias", 1);
        return [x / Broadcasting.ReshapeTo(scale, x).Pow(node.Number("beta", 0.75f))];
    });

    /// <summary>Over one axis, to norm 1 of order 1 or 2.</summary>
    public static void Lp(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var axis = node.Whole("axis", -1);
        return [x / (node.Whole("p", 2) == 1 ? x.Abs().ReduceSum([axis]) : (x * x).ReduceSum([axis]).Sqrt())];
    });

    /// <summary>(x − mean) / deviation, over images and pixels of a channel unless the axes are given.</summary>
    public static void MeanVariance(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var axes = node.Wholes("axes") ?? [0, 2, 3];
        var centred = x - x.ReduceMean(axes);
        return [centred / ((centred * centred).ReduceMean(axes).Sqrt() + 1e-9f)];
    });

    private static void Form(NodeGradient node, string opType, Value mean, Value inverse)
    {
        var (x, scale, shift) = (node.Input(0), node.Input(1), node.Input(2));
        var towards = TrainingKernels.Add(opType, [node.Gradient, x, scale, mean, inverse], x, scale, shift);
        for (var i = 0; i < towards.Count; i++)
        {
            var gradient = towards[i];
            node.Give(i, () => gradient);
        }
    }

    private static void OfFixedStatistics(NodeGradient node)
    {
        var (x, d) = (node.Input(), node.Gradient);
        var rank = node.Ranked(x).Count;
        long[] others = [0, .. Pixels(rank)];
        var inverse = (node.Input(4) + node.Number("epsilon", 1e-5f)).Sqrt().Pow(-1f);
        var slope = node.Input(1) * inverse;
        Value? sum = null, product = null;
        Value Sum() => sum ??= d.ReduceSum(others, keepDims: false);
        Value Product() => product ??= (d * (x - Channels(node.Input(3), rank))).ReduceSum(others, keepDims: false);
        node.Give(0, () => d * Channels(slope, rank));
        node.Give(1, () => Product() * inverse);
        node.Give(2, Sum);
        node.Give(3, () => -(Sum() * slope));
        node.Give(4, () => Product() * slope * (inverse * inverse) * -0.5f);
    }

    private static void OfBatch(NodeGradient node)
    {
        var (x, d) = (node.Input(), node.Gradient);
        var rank = node.Ranked(x).Count;
        long[] others = [0, .. Pixels(rank)];
        var mean = x.ReduceMean(others, keepDims: false);
        var centred = x - Channels(mean, rank);
        var inverse = ((centred * centred).ReduceMean(others, keepDims: false) + node.Number("epsilon", 1e-5f)).Sqrt().Pow(-1f);
        var sum = d.ReduceSum(others, keepDims: false);
        var towardsScale = (d * centred).ReduceSum(others, keepDims: false) * inverse;

        // What is the same for all pixels of a channel is computed per channel: three passes over the input remain.
        node.Give(0, () =>
        {
            var slope = node.Input(1) * inverse;
            var count = Broadcasting.CountRatio(x, mean);
            var bend = slope * inverse * towardsScale / count;
            return (d * Channels(slope, rank)) - (centred * Channels(bend, rank)) - Channels(slope * sum / count, rank);
        });
        node.Give(1, () => towardsScale);
        node.Give(2, () => sum);
    }

    private static Value Normalized(Value x, long[] axes, float epsilon)
    {
        var centred = x - x.ReduceMean(axes);
        return centred / ((centred * centred).ReduceMean(axes) + epsilon).Sqrt();
    }

    private static IEnumerable<long> Pixels(int rank) => Enumerable.Range(2, rank - 2).Select(axis => (long)axis);

    /// <summary>One number a channel, beside a value of <paramref name="rank"/> dimensions.</summary>
    private static Value Channels(Value value, int rank) => rank == 2 ? value : value.Reshape([-1, .. Enumerable.Repeat(1L, rank - 2)]);
}
