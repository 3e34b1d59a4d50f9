namespace ModelTraining.Onnx;

/// <summary>The gradient of attention in the form of a graph that is trained, by the shares that it kept.</summary>
internal static class AttentionRule
{
    public static void Apply(NodeGradient node)
    {
        var (query, key, content) = (node.Input(0), node.Input(1), node.Input(2));
        (string, object)[] attributes = [("heads", node.Whole("heads", 1)), ("scale", node.Number("scale", 1))];
        var towards = node.Graph.Add(TrainingKernels.AttentionGradient, [node.Gradient, query, key, content, node.Output(1)], [(query.Type, query.Shape), (key.Type, key.Shape), (content.Type, content.Shape)], attributes, TrainingKernels.Domain);
        for (var i = 0; i < towards.Count; i++)
        {
            var gradient = towards[i];
            node.Give(i, () => gradient);
        }
    }
}
