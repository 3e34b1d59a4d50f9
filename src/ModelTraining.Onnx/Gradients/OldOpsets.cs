namespace ModelTraining.Onnx;

/// <summary>Brings a graph of an older operator set to the oldest that gradients are written in, where its nodes mean the same there.</summary>
internal static class OldOpsets
{
    private const int Oldest = 11;

    /// <summary>Operators of before opset 11 that took attributes for what are inputs since, or are no more.</summary>
    private static readonly string[] Changed = ["Clip", "Pad", "Resize", "Upsample", "Scan", "Scatter"];

    /// <exception cref="ModelTrainingException">MT3014: a node would mean something else.</exception>
    public static void Raise(Graph graph)
    {
        var opset = graph.Opsets[""];
        if (opset >= Oldest) return;
        if (opset < 9 || graph.Nodes.FirstOrDefault(node => node.Domain.Length == 0 && Changed.Contains(node.OpType)) is not null)
        {
            throw new ModelTrainingException("MT3014", $"Graph '{graph.Name}' uses opset {opset}, whose operators have no gradients. Export the model with opset {Oldest} or later.");
        }

        graph.UseOpset("", Oldest);
    }
}
