namespace ModelTraining.Onnx;

/// <summary>Tensors that are known before the graph runs: initializers, results of Constant, and whole numbers that an export made lists of one.</summary>
internal static class ConstantValues
{
    /// <summary>The tensor called <paramref name="name"/>; null where it is computed, or given when the graph runs.</summary>
    public static Tensor? Find(Graph graph, string name)
    {
        if (graph.Constants.TryGetValue(name, out var tensor)) return graph.Inputs.Any(input => input.Name == name) ? null : tensor;
        foreach (var node in graph.Nodes)
        {
            if (node.OpType == "Constant" && node.Outputs[0] == name) return Of(node);
            if (node.OpType == "Identity" && node.Outputs[0] == name) return Find(graph, node.Inputs[0]);
            if (node.OpType == "Unsqueeze" && node.Outputs[0] == name) return Find(graph, node.Inputs[0]) is { Shape.Length: 0 } number && Wholes(number) is { } one ? Tensor.Of(one, 1) : null;
        }

        return null;
    }

    /// <summary>The tensor of a Constant; null where its kind is one that no shape or axis has.</summary>
    public static Tensor? Of(Node constant) => constant.Attributes.FirstOrDefault().Value switch
    {
        Tensor tensor => tensor,
        long number => Tensor.Of([number]),
        float number => Tensor.Of([number]),
        long[] numbers => Tensor.Of(numbers, numbers.Length),
        float[] numbers => Tensor.Of(numbers, numbers.Length),
        _ => null,
    };

    /// <summary>The elements as whole numbers, truths as 0 and 1; null where they are neither.</summary>
    public static long[]? Wholes(Tensor? tensor) => tensor switch
    {
        { Type: ElementType.Int64 } => tensor.Elements<long>().ToArray(),
        { Type: ElementType.Int32 } => Array.ConvertAll(tensor.Elements<int>().ToArray(), element => (long)element),
        { Type: ElementType.Bool } => Array.ConvertAll(tensor.Elements<bool>().ToArray(), element => element ? 1L : 0),
        _ => null,
    };

    /// <summary>The first element as a number; null where it is none.</summary>
    public static double? Number(Tensor? tensor) => tensor switch
    {
        { Count: 0 } => null,
        { Type: ElementType.Float } => tensor.Elements<float>()[0],
        { Type: ElementType.Double } => tensor.Elements<double>()[0],
        { Type: ElementType.Float16 } => (double)tensor.Elements<Half>()[0],
        _ => Wholes(tensor)?[0],
    };
}
