using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>What picks elements by indices, which may count from the end.</summary>
internal static class GatherScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("Gather", Gather),
        new("GatherElements", GatherElements),
        new("GatherND", GatherND),
        new("OneHot", OneHot),
        new("TopK", TopK),
    ];

    /// <summary>Indices that count from the front, as 64-bit numbers.</summary>
    public static string Counted(ScriptNode node, int input, string size)
    {
        var indices = node.Type(input) == ElementType.Int64 ? node.X(input) : $"{node.X(input)}.to({Code(ElementType.Int64)})";
        if (ConstantValues.Wholes(node.Constant(input)) is { } known && known.All(index => index >= 0)) return indices;
        indices = node.Let(indices);
        return node.Let($"torch.where({indices} < 0, {indices} + {size}, {indices})");
    }

    /// <summary>Tuples of indices as the index of a row, where the indexed dimensions are one.</summary>
    public static (string Index, long Rows) Row(ScriptNode node, int input, long[] sizes)
    {
        var strides = sizes.Select((_, axis) => sizes.Skip(axis + 1).Aggregate(1L, (a, b) => a * b)).ToArray();
        var counted = Counted(node, input, node.Fixed(Tensor.Of(sizes, sizes.Length)));
        return (node.Let($"torch.sum({counted} * {node.Fixed(Tensor.Of(strides, strides.Length))}, [-1])"), sizes.Aggregate(1L, (a, b) => a * b));
    }

    private static string Gather(ScriptNode node)
    {
        var shape = node.Shape(0);
        var axis = node.Axis("axis", 0, shape.Length);
        var indices = Counted(node, 1, $"{shape[axis]}");
        if (axis == 0 && shape.Length == 2 && node.Type(0) == ElementType.Float) return $"torch.embedding({node.X(0)}, {indices})";
        return $"torch.index_select({node.X(0)}, {axis}, {indices}.reshape([-1])).reshape({List(node.OutputShape())})";
    }

    private static string GatherElements(ScriptNode node)
    {
        var axis = node.Axis("axis", 0, node.Rank(0));
        return $"torch.gather({node.X(0)}, {axis}, {Counted(node, 1, $"{node.Shape(0)[axis]}")})";
    }

    private static string GatherND(ScriptNode node)
    {
        var (shape, indices) = (node.Shape(0), node.Shape(1));
        var batch = (int)node.Whole("batch_dims", 0);
        var depth = (int)indices[^1];
        var batches = shape[..batch].Aggregate(1L, (a, b) => a * b);
        var (index, rows) = Row(node, 1, shape[batch..(batch + depth)]);
        if (batch > 0)
        {
            long[] offsets = [.. Enumerable.Range(0, (int)batches).Select(i => i * rows)];
            index = $"({index}.reshape({List([batches, -1])}) + {node.Fixed(Tensor.Of(offsets, batches, 1))})";
        }

        return $"torch.index_select({node.X(0)}.reshape({List([batches * rows, .. shape[(batch + depth)..]])}), 0, {index}.reshape([-1])).reshape({List(node.OutputShape())})";
    }

    private static string OneHot(ScriptNode node)
    {
        var rank = node.Rank(0);
        var axis = node.Axis("axis", -1, rank + 1);
        var depth = node.OutputShape()[axis];
        var classes = Tensor.Of([.. Enumerable.Range(0, (int)depth).Select(i => (long)i)], [depth, .. Enumerable.Repeat(1L, rank - axis)]);
        var values = node.Let(node.X(2));
        return $"torch.where({Counted(node, 0, $"{depth}")}.unsqueeze({axis}) == {node.Fixed(classes)}, {values}[1], {values}[0])";
    }

    private static string? TopK(ScriptNode node)
    {
        var count = node.Numbers(1)![0];
        var given = node.Let($"torch.topk({node.X(0)}, {count}, {node.Whole("axis", -1)}, {Boolean(node.Whole("largest", 1) != 0)}, {Boolean(node.Whole("sorted", 1) != 0)})");
        node.Set(0, node.Let($"{given}[0]"));
        node.Set(1, node.Let($"{given}[1]"));
        return null;
    }
}
