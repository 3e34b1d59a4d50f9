namespace ModelTraining.Onnx;

/// <summary>An operator of a <see cref="Graph"/> with its inputs, outputs and attributes.</summary>
public sealed class Node
{
    internal Node(string name, string opType, string domain, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, IReadOnlyDictionary<string, object> attributes) =>
        (Name, OpType, Domain, Inputs, Outputs, Attributes) = (name, opType, domain, inputs, outputs, attributes);

    /// <summary>The name, for messages and profiles.</summary>
    public string Name { get; }

    /// <summary>The operator, for example Gemm.</summary>
    public string OpType { get; }

    /// <summary>The operator set: empty for ai.onnx, otherwise for example ai.onnx.ml.</summary>
    public string Domain { get; }

    /// <summary>The names of the values that go in; empty where an optional one is left out.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The names of the values that come out.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>
    /// The attributes by name: long, float, string, <see cref="Tensor"/>, <see cref="Graph"/>, or an array of one of these. What a file holds beyond them
    /// (sparse tensors, types) is an object that is written back as it was read.
    /// </summary>
    public IReadOnlyDictionary<string, object> Attributes { get; }

    /// <summary>What a file says of the node beyond this, kept by the reader for the writer.</summary>
    internal object? Carried { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {OpType}({string.Join(", ", Inputs)}) -> {string.Join(", ", Outputs)}";
}
