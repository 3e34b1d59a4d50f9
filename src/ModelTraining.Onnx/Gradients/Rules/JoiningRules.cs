namespace ModelTraining.Onnx;

/// <summary>Gradients of Concat and Split, which undo each other.</summary>
internal static class JoiningRules
{
    public static void Concat(NodeGradient node)
    {
        var d = node.Gradient;
        var axis = Shapes.Axis("Concat", d, node.Whole("axis", 0), node.Ranked(node.Output()).Count);
        Value? end = null;
        var at = 0L;
        for (var i = 0; i < node.InputCount; i++)
        {
            var part = node.Input(i);
            if (end is null && part.Shape?[axis] is { IsKnown: true, Size: var size })
            {
                var from = at;
                node.Give(i, () => d.Graph.Add("Slice", [d, List(from), List(from + size), List(axis), List(1)], d.Type, part.Shape));
                at += size;
                continue;
            }

            // From the first size on that is known only when the graph runs, the places are sums of sizes.
            var start = end ?? List(at);
            end = start + SizeOf(part, axis);
            var until = end;
            node.Give(i, () => d.Graph.Add("Slice", [d, start, until, List(axis), List(1)], d.Type, part.Shape));
        }

        Value List(long number) => Emit.List(d.Graph, [number]);
    }

    public static void Split(NodeGradient node) => node.Give(0, () =>
    {
        var parts = Enumerable.Range(0, node.Node.Outputs.Count).Select(i => node.GradientOf(i) ?? Broadcasting.Full(node.Output(i), 0)).ToList();
        return node.Graph.Add("Concat", parts, parts[0].Type, node.Input().Shape, [("axis", node.Whole("axis", 0))]);
    });

    /// <summary>The size of one dimension, as a list of one.</summary>
    public static Value SizeOf(Value value, int axis) => value.Shape?[axis] is { IsKnown: true, Size: var size }
        ? Emit.List(value.Graph, [size])
        : value.Graph.Add("Gather", [value.ShapeOf(), Emit.List(value.Graph, [axis])], ElementType.Int64, [1]);
}
