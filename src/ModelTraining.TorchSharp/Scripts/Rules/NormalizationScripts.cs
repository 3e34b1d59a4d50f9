using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Normalisations.</summary>
internal static class NormalizationScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("BatchNormalization", Batch),
        new("BatchNormalization", OfBatch, Domain: TrainingKernels.Domain),
        new("GroupNormalization", Group, MixedPrecision.Full),
        new("InstanceNormalization", node => $"torch.instance_norm({node.X(0)}, {node.X(1)}, {node.X(2)}, None, None, True, 0.0, {Epsilon(node)}, True)", MixedPrecision.Full),
        new("LRN", Local, MixedPrecision.Full),
        new("LayerNormalization", Layer, MixedPrecision.Full),
        new("LpNormalization", Lp, MixedPrecision.Full),
        new("MeanVarianceNormalization", MeanVariance, MixedPrecision.Full),
        new("RMSNormalization", Rms, MixedPrecision.Full),
    ];

    private static string Epsilon(ScriptNode node) => Number(node.Number("epsilon", 1e-5f));

    /// <summary>By fixed statistics, or by those of the batch where a file has it so. libtorch takes and gives numbers of 16 bits here, and sums up in 32.</summary>
    private static string Batch(ScriptNode node)
    {
        if (node.Gives(1)) throw node.Gap("with its statistics as outputs", "Write it as it is used; the backend trains its training form.");
        if (node.Whole("training_mode", 0) != 0) return $"torch.batch_norm({node.X(0)}, {node.Wide(1)}, {node.Wide(2)}, None, None, True, 0.0, {Epsilon(node)}, True)";
        if (!node.Learns(3) && !node.Learns(4)) return $"torch.batch_norm({node.X(0)}, {node.Wide(1)}, {node.Wide(2)}, {node.Wide(3)}, {node.Wide(4)}, False, 0.0, {Epsilon(node)}, True)";
        var slope = node.Let($"{node.Wide(1)} / torch.sqrt({node.Wide(4)} + {Epsilon(node)})");
        return $"({node.X(0)} - {Channels(node, node.Wide(3))}) * {Channels(node, slope)} + {Channels(node, node.Wide(2))}";
    }

    /// <summary>By the batch: its mean, and its variance as libtorch gives it, of a sample, are brought to what ONNX defines.</summary>
    private static string? OfBatch(ScriptNode node)
    {
        var shape = node.Shape(0);
        var count = shape.Aggregate(1L, (product, size) => product * size) / shape[1];
        if (count < 2) throw node.Gap("with one number a channel in the batch", "A variance needs two: use larger batches, or freeze the normalisation.");
        var mean = node.Let($"torch.zeros_like({node.Wide(1)}.detach())");
        var variance = node.Let($"torch.ones_like({mean})");
        var y = node.Let($"torch.batch_norm({node.X(0)}, {node.Wide(1)}, {node.Wide(2)}, {mean}, {variance}, True, 1.0, {Epsilon(node)}, True)");
        var perChannel = List(shape.Select((size, axis) => axis == 1 ? size : 1));
        node.Set(0, y);
        node.Set(1, $"{mean}.reshape({perChannel})");
        node.Set(2, $"({variance} * {Number((count - 1) / (double)count)}).reshape({perChannel})");
        return null;
    }

    private static string? Layer(ScriptNode node)
    {
        var shape = node.Shape(0);
        var axis = node.Axis("axis", -1, shape.Length);
        var normal = shape[axis..];
        if (!node.Gives(1) && !node.Gives(2))
        {
            string Parameter(int input) => !node.Has(input) ? "None" : node.Shape(input).SequenceEqual(normal) ? node.X(input) : $"{node.X(input)}.expand({List(normal)})";
            return $"torch.layer_norm({node.X(0)}, {List(normal)}, {Parameter(1)}, {Parameter(2)}, {Epsilon(node)}, True)";
        }

        // libtorch gives no gradient through mean and deviation, so they are made one by one.
        var axes = List(Enumerable.Range(axis, shape.Length - axis).Select(i => (long)i));
        var x = node.Let(node.X(0));
        var mean = node.Let($"torch.mean({x}, {axes}, True)");
        var inverse = node.Let($"torch.rsqrt(torch.mean(torch.square({x} - {mean}), {axes}, True) + {Epsilon(node)})");
        node.Set(1, mean);
        node.Set(2, inverse);
        return $"({x} - {mean}) * {inverse} * {node.X(1)}{(node.Has(2) ? $" + {node.X(2)}" : "")}";
    }

    /// <summary>Before opset 21 scale and bias are of groups, from then on of channels.</summary>
    private static string Group(ScriptNode node)
    {
        var (groups, channels) = (node.Whole("num_groups", 1), node.Shape(0)[1]);
        string Parameter(int input) => node.Opset >= 21 ? node.X(input) : $"torch.repeat_interleave({node.X(input)}, {channels / groups})";
        return $"torch.group_norm({node.X(0)}, {groups}, {Parameter(1)}, {Parameter(2)}, {Epsilon(node)}, True)";
    }

    /// <summary>Krizhevsky et al., 2012: x / (bias + α/size · Σ x²)^β over neighbouring channels.</summary>
    private static string Local(ScriptNode node)
    {
        var size = node.Whole("size", 1);
        var x = node.Let(node.X(0));
        var pads = Enumerable.Repeat((0L, 0L), node.Rank(0) - 2).Prepend(((size - 1) / 2, size / 2));
        var sum = $"torch.sum({ConvolutionScripts.Padded($"torch.square({x})", pads, "0.0")}.unfold(1, {size}, 1), [-1])";
        return $"{x} / torch.pow({Number(node.Number("bias", 1))} + {Number(node.Number("alpha", 1e-4f) / (double)size)} * {sum}, {Number(node.Number("beta", 0.75f))})";
    }

    private static string Lp(ScriptNode node)
    {
        var x = node.Let(node.X(0));
        var axis = node.Whole("axis", -1);
        return node.Whole("p", 2) == 1 ? $"{x} / torch.sum(torch.abs({x}), [{axis}], True)" : $"{x} / torch.sqrt(torch.sum(torch.square({x}), [{axis}], True))";
    }

    private static string MeanVariance(ScriptNode node)
    {
        var axes = List(node.Wholes("axes") ?? [0, 2, 3]);
        var centred = node.Let($"{node.X(0)} - torch.mean({node.X(0)}, {axes}, True)");
        return $"{centred} / (torch.sqrt(torch.mean(torch.square({centred}), {axes}, True)) + 1e-09)";
    }

    private static string Rms(ScriptNode node)
    {
        var rank = node.Rank(0);
        var axes = List(Enumerable.Range(node.Axis("axis", -1, rank), rank - node.Axis("axis", -1, rank)).Select(i => (long)i));
        var x = node.Let(node.X(0));
        return $"{x} * torch.rsqrt(torch.mean(torch.square({x}), {axes}, True) + {Epsilon(node)}) * {node.X(1)}";
    }

    /// <summary>One number a channel, beside the input.</summary>
    private static string Channels(ScriptNode node, string x) => $"{x}.reshape({List([1, -1, .. Enumerable.Repeat(1L, node.Rank(0) - 2)])})";
}
