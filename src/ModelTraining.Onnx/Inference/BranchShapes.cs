namespace ModelTraining.Onnx;

/// <summary>Shapes of what the branches of an If give.</summary>
internal static class BranchShapes
{
    private static readonly Dimension Unknown = new(-1);

    public static void If(NodeShapes node)
    {
        string[] branches = BranchInlining.Taken(node.Contents(0)) is { } taken ? [taken] : ["then_branch", "else_branch"];
        var given = branches.Select(branch => Outputs(node, InnerGraph.Of(node.Node, branch))).ToList();
        for (var i = 0; i < node.Node.Outputs.Count; i++)
        {
            var outputs = given.Select(branch => branch.ElementAtOrDefault(i)).ToList();
            if (outputs.Contains(null)) continue;
            var (first, other) = (outputs[0]!, outputs[^1]!);
            node.Set(i, first.Type == ElementType.Undefined ? other.Type : first.Type, Common(first.Shape, other.Shape));
        }
    }

    /// <summary>Nothing where the branch does not fit what is known: it need not be the one that is taken.</summary>
    private static IReadOnlyList<Value> Outputs(NodeShapes node, Graph branch)
    {
        var open = InnerGraph.Opened(branch, node.Graph);
        try
        {
            ShapeInference.Infer(open);
            return open.Outputs;
        }
        catch (ModelTrainingException)
        {
            return [];
        }
    }

    private static IReadOnlyList<Dimension>? Common(IReadOnlyList<Dimension>? a, IReadOnlyList<Dimension>? b) =>
        a is null || b is null || a.Count != b.Count ? null : [.. a.Zip(b, (one, other) => Broadcasting.Same(one, other) ? one : Unknown)];
}
