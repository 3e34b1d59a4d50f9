using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>What puts elements to indices.</summary>
internal static class ScatterScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("ScatterElements", Elements, MixedPrecision.Full),
        new("ScatterND", Rows, MixedPrecision.Full),
    ];

    private static string Elements(ScriptNode node)
    {
        var axis = node.Axis("axis", 0, node.Rank(0));
        return $"torch.{(Adds(node) ? "scatter_add" : "scatter")}({node.X(0)}, {axis}, {GatherScripts.Counted(node, 1, $"{node.Shape(0)[axis]}")}, {node.X(2)})";
    }

    private static string Rows(ScriptNode node)
    {
        var (shape, indices) = (node.Shape(0), node.Shape(1));
        var depth = (int)indices[^1];
        var (index, rows) = GatherScripts.Row(node, 1, shape[..depth]);
        long[] rest = shape[depth..];
        return $"torch.{(Adds(node) ? "index_add" : "index_copy")}({node.X(0)}.reshape({List([rows, .. rest])}), 0, {index}.reshape([-1]), {node.X(2)}.reshape({List([-1, .. rest])})).reshape({List(shape)})";
    }

    private static bool Adds(ScriptNode node) => node.Word("reduction", "none") switch
    {
        "none" => false,
        "add" => true,
        var other => throw node.Gap($"with the reduction '{other}'", "Use none or add."),
    };
}
