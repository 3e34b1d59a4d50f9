namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of If is an If by the same condition: each branch computes its values anew, and from there back to what it takes from around it. What one branch does not
/// take has the gradient 0 there.
/// </summary>
internal static class BranchRule
{
    public static void If(NodeGradient node)
    {
        Graph[] branches = [InnerGraph.Of(node.Node, "then_branch"), InnerGraph.Of(node.Node, "else_branch")];
        Value[] towards = [.. branches.SelectMany(Graph.Taken).Distinct().Where(node.NeedsAround).Select(name => node.Graph[name])];
        var backward = Array.ConvertAll(branches, branch => (object)Backward(node, branch, towards));
        var gradients = node.Graph.Add("If", [node.Input()], [.. towards.Select(value => (value.Type, value.Shape))], [("then_branch", backward[0]), ("else_branch", backward[1])]);
        foreach (var (value, gradient) in towards.Zip(gradients)) node.GiveAround(value.Name, gradient);
    }

    private static Graph Backward(NodeGradient node, Graph branch, Value[] towards)
    {
        var open = InnerGraph.Opened(branch, node.Graph);
        Value[] inside = [.. towards.Select(value => InnerGraph.Around(open, value, value.Shape))];
        BranchInlining.Apply(open);
        var pass = new BackwardPass(open, 0, inside);
        foreach (var (i, output) in open.Outputs.Index())
        {
            if (node.GradientOf(i) is { } gradient) pass.Seed(output, InnerGraph.Around(open, gradient, output.Shape));
        }

        pass.Run();
        // A graph inside a node must make what it gives: an Identity does where that is a value from around it.
        Value[] gradients = [.. inside.Select(value => pass.Gradient(value) ?? Broadcasting.Full(value, 0)).Select(gradient => open.Add("Identity", [gradient], gradient.Type, gradient.Shape))];
        return InnerGraph.Closed(open, gradients, $"{node.Node.Outputs[0]}/gradient/");
    }
}
