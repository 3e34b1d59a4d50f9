namespace ModelTraining.Onnx;

/// <summary>A node whose outputs' types and shapes are being inferred.</summary>
internal sealed class NodeShapes(Graph graph, Node node, ListContents contents)
{
    /// <summary>The graph that it is of.</summary>
    public Graph Graph => graph;

    /// <summary>The node.</summary>
    public Node Node => node;

    /// <summary>The version of the default operator set.</summary>
    public int Opset => graph.Opsets[""];

    /// <summary>The inputs; null where left out, or made outside of the graph.</summary>
    public Value? this[int input] => input < node.Inputs.Count && node.Inputs[input].Length > 0 ? graph.Find(node.Inputs[input]) : null;

    /// <summary>All inputs, when none is left out.</summary>
    public Value[]? Inputs
    {
        get
        {
            var found = Enumerable.Range(0, node.Inputs.Count).Select(i => this[i]).OfType<Value>().ToArray();
            return found.Length == node.Inputs.Count ? found : null;
        }
    }

    /// <summary>What is known of the elements of an input that is a list of whole numbers.</summary>
    public Dimension[]? Contents(int input) => input < node.Inputs.Count ? contents[node.Inputs[input]] : null;

    /// <summary>The same of an input of two and more dimensions.</summary>
    public Dimension[]? Block(int input) => input < node.Inputs.Count ? contents.Block(node.Inputs[input]) : null;

    /// <summary>The first output, with what was stated of it.</summary>
    public Value? Result => graph.Find(node.Outputs[0]);

    /// <summary>Whole numbers that are an attribute in older operator sets and an input in newer ones; null where left out or not known.</summary>
    public long[]? Numbers(string attribute, int input) => node.Wholes(attribute) ?? ListContents.Numbers(Contents(input));

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    /// <summary>States what is known of an output; what the file said more precisely stays.</summary>
    public void Set(int output, ElementType type, IReadOnlyList<Dimension>? shape)
    {
        if (output >= node.Outputs.Count || graph.Find(node.Outputs[output]) is not { } value) return;
        if (value.Type == ElementType.Undefined) value.Type = type;
        if (shape is null) return;
        if (value.Shape is not { } old || old.Count != shape.Count) value.Shape = shape;
        else if (Enumerable.Range(0, old.Count).Any(i => Better(shape[i], old[i]))) value.Shape = [.. old.Zip(shape, (was, now) => Better(now, was) ? now : was)];
    }

    /// <summary>States what is known of the elements of the first output, a list of whole numbers.</summary>
    public void SetContents(Dimension[]? elements)
    {
        if (elements is not null) contents[node.Outputs[0]] = elements;
    }

    /// <summary>The same of a first output of two and more dimensions.</summary>
    public void SetBlock(Dimension[] elements) => contents.SetBlock(node.Outputs[0], elements);

    /// <summary>A size is better than a name, and a name than nothing.</summary>
    private static bool Better(Dimension now, Dimension was) => !was.IsKnown && (now.IsKnown || (was.Name is null && now.Name is not null));
}
