namespace ModelTraining.Onnx;

/// <summary>
/// A value of a <see cref="Onnx.Graph"/>: an input, a constant, or what a node gives out. The operators and layers of ModelTraining.Onnx are its
/// methods, so that a network is plain C#.
/// </summary>
public sealed class Value
{
    internal Value(Graph graph, string name, ElementType type, IReadOnlyList<Dimension>? shape) => (Graph, Name, Type, Shape) = (graph, name, type, shape);

    /// <summary>The graph that it belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>The name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>The type of the elements; <see cref="ElementType.Undefined"/> when not known, and of what is no tensor: a sequence, a map, an optional value.</summary>
    public ElementType Type { get; internal set; }

    /// <summary>The shape; null when nothing is known of it.</summary>
    public IReadOnlyList<Dimension>? Shape { get; internal set; }

    /// <summary>What a file says of the value beyond this, kept by the reader for the writer.</summary>
    internal object? Carried { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type}[{(Shape is null ? "…" : string.Join(", ", Shape))}]";
}
