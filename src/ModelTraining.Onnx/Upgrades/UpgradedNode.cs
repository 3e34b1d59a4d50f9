namespace ModelTraining.Onnx;

/// <summary>A node of an older operator set that is being written in a newer one.</summary>
/// <param name="graph">The graph of the newer one.</param>
/// <param name="node">The node as it was.</param>
/// <param name="name">What the graph is called in messages.</param>
/// <param name="used">The values that something takes.</param>
internal sealed class UpgradedNode(Graph graph, Node node, string name, IReadOnlySet<string> used)
{
    public Node Node => node;

    /// <summary>An input; null where it is left out, or comes from around an inner graph.</summary>
    public Value? Input(int index) => index < node.Inputs.Count && node.Inputs[index].Length > 0 ? graph.Find(node.Inputs[index]) : null;

    /// <summary>The number of dimensions of an input; null where not known.</summary>
    public int? Rank(int index) => Input(index)?.Shape?.Count;

    /// <summary>Whether something takes an output.</summary>
    public bool IsUsed(int output) => output < node.Outputs.Count && used.Contains(node.Outputs[output]);

    /// <summary>A list of whole numbers as an input.</summary>
    public string List(string part, params long[] numbers) => graph.Constant(Tensor.Of(numbers, numbers.Length), Free(part)).Name;

    /// <summary>A list of numbers as an input.</summary>
    public string Numbers(string part, params float[] numbers) => graph.Constant(Tensor.Of(numbers, numbers.Length), Free(part)).Name;

    /// <summary>A number as an input, of the type of the first.</summary>
    public string Number(string part, double number) => graph.Constant(
        Input(0)?.Type switch
        {
            ElementType.Double => Tensor.Of([number]),
            ElementType.Float16 => Tensor.Of([(Half)number]),
            _ => Tensor.Of([(float)number]),
        },
        Free(part)).Name;

    /// <summary>Adds a node before the one that gives the outputs.</summary>
    public string Add(string part, string opType, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes)
    {
        var output = graph.Define(Free(part), ElementType.Undefined, null).Name;
        graph.AddNode(new Node(output, opType, "", inputs, [output], attributes.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal)));
        return output;
    }

    /// <summary>Adds the node that gives the outputs: with the attributes that the older one had but for some, and with others.</summary>
    public void Replace(string opType, IReadOnlyList<string> inputs, IReadOnlyList<string> without, IReadOnlyList<(string Name, object Value)>? with = null, int outputs = int.MaxValue)
    {
        var attributes = node.Attributes.Where(pair => !without.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var (attribute, value) in with ?? []) attributes[attribute] = value;
        graph.AddNode(new Node(node.Name, opType, "", inputs, [.. node.Outputs.Take(outputs)], attributes) { Carried = node.Carried });
    }

    /// <summary>The error that the node has no form in the newer operator set.</summary>
    public ModelTrainingException Unsupported(string what, string fix) => new("MT3075", $"{node.OpType}, node '{node.Name}' of {name}, {what}. {fix}");

    private string Free(string part)
    {
        var free = $"{node.Outputs[0]}/{part}";
        while (graph.Find(free) is not null) free += "'";
        return free;
    }
}
