namespace ModelTraining.Onnx;

/// <summary>How a convolution or pool moves its window: strides, dilations and pads of each spatial dimension.</summary>
internal sealed class Window(Node node, int rank)
{
    /// <summary>The steps.</summary>
    public long[] Strides { get; } = node.Wholes("strides") ?? Ones(rank);

    /// <summary>The distances between neighbours of the window.</summary>
    public long[] Dilations { get; } = node.Wholes("dilations") ?? Ones(rank);

    /// <summary>What is added before; without meaning when <see cref="IsSame"/>.</summary>
    public long[] Begin { get; } = node.Wholes("pads")?[..rank] ?? new long[rank];

    /// <summary>What is added after; without meaning when <see cref="IsSame"/>.</summary>
    public long[] End { get; } = node.Wholes("pads")?[rank..] ?? new long[rank];

    /// <summary>What ConvTranspose adds at the end.</summary>
    public long[] OutputPadding { get; } = node.Wholes("output_padding") ?? new long[rank];

    /// <summary>Whether the pads are such that the output's size is the input's over the stride.</summary>
    public bool IsSame { get; } = node.Word("auto_pad", "NOTSET").StartsWith("SAME", StringComparison.Ordinal);

    /// <summary>Whether an odd pad of <see cref="IsSame"/> stands before.</summary>
    public bool IsLower { get; } = node.Word("auto_pad", "NOTSET") == "SAME_LOWER";

    /// <summary>The size of the output in one dimension; 0 when the window does not fit.</summary>
    public long Output(int i, long size, long kernel, bool ceil)
    {
        if (IsSame) return (size + Strides[i] - 1) / Strides[i];
        var room = size + Begin[i] + End[i] - (((kernel - 1) * Dilations[i]) + 1);
        if (room < 0) return 0;
        var steps = (room + (ceil ? Strides[i] - 1 : 0)) / Strides[i];

        // A window that would begin in the pad at the end is left out.
        return ceil && steps * Strides[i] >= size + Begin[i] ? steps : steps + 1;
    }

    /// <summary>The pads of one dimension, of an input of known size.</summary>
    public (long Begin, long End) Pads(int i, long size, long kernel)
    {
        if (!IsSame) return (Begin[i], End[i]);
        var total = Math.Max(((Output(i, size, kernel, false) - 1) * Strides[i]) + ((kernel - 1) * Dilations[i]) + 1 - size, 0);
        return IsLower ? (total - (total / 2), total / 2) : (total / 2, total - (total / 2));
    }

    private static long[] Ones(int rank)
    {
        var ones = new long[rank];
        Array.Fill(ones, 1);
        return ones;
    }
}
