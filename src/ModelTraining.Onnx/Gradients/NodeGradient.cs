namespace ModelTraining.Onnx;

/// <summary>A node whose gradient is being appended: what a rule reads and gives.</summary>
internal sealed class NodeGradient(BackwardPass pass, Graph graph, Node node)
{
    private Node _node = node;

    /// <summary>The graph that nodes are appended to.</summary>
    public Graph Graph => graph;

    /// <summary>The node that is differentiated.</summary>
    public Node Node => _node;

    /// <summary>The number of inputs, those left out in between included.</summary>
    public int InputCount => _node.Inputs.Count;

    /// <summary>The gradient of the first output, of its shape.</summary>
    public Value Gradient => GradientOf(0) ?? Broadcasting.Full(Output(), 0);

    /// <summary>The gradient of an output; null where the loss does not depend on it.</summary>
    public Value? GradientOf(int output) => output < _node.Outputs.Count && graph.Find(_node.Outputs[output]) is { } value ? pass.Gradient(value) : null;

    /// <summary>An input that the operator requires.</summary>
    public Value Input(int index = 0) => Optional(index) ?? throw new ModelTrainingException("MT3110", $"{Describe()} lacks its input {index}. The file is damaged: export it anew.");

    /// <summary>An input, null where it is left out.</summary>
    public Value? Optional(int index) => index < _node.Inputs.Count && _node.Inputs[index].Length > 0 ? graph[_node.Inputs[index]] : null;

    /// <summary>An output of the node as it stands.</summary>
    public Value Output(int index = 0) => graph[_node.Outputs[index]];

    /// <summary>An optional output, which the node is given if it lacks it. Outputs that come before it are added, too.</summary>
    public Value Output(int index, Func<int, (ElementType Type, IReadOnlyList<Dimension>? Shape)> type)
    {
        _node = graph.Extend(_node, index + 1, type);
        return graph[_node.Outputs[index]];
    }

    /// <summary>Whether the gradient towards an input is wanted.</summary>
    public bool Needs(int input) => input < _node.Inputs.Count && pass.Needs(_node.Inputs[input]);

    /// <summary>Gives the gradient towards an input, which is appended only if it is wanted.</summary>
    public void Give(int input, Func<Value> gradient)
    {
        if (Needs(input)) pass.Give(_node.Inputs[input], gradient());
    }

    /// <summary>Whether the gradient towards a value around the node's graphs is wanted.</summary>
    public bool NeedsAround(string name) => pass.Needs(name);

    /// <summary>Gives the gradient towards a value that the node's graphs take from around them.</summary>
    public void GiveAround(string name, Value gradient) => pass.Give(name, gradient);

    /// <summary>Gives the gradient towards an input that was broadcast: it is summed over what the input was repeated along.</summary>
    public void GiveSummed(int input, Func<Value> gradient) => Give(input, () => Broadcasting.SumTo(gradient(), Input(input)));

    /// <summary>
    /// Differentiates what the operator is composed of: <paramref name="compose"/> appends nodes that compute the outputs anew, and these are differentiated
    /// towards the inputs. For operators that are too rare, or too large, for a rule of their own.
    /// </summary>
    public void Compose(Func<IReadOnlyList<Value>> compose)
    {
        var first = graph.Nodes.Count;
        var outputs = compose();
        var towards = Enumerable.Range(0, InputCount).Where(Needs).Select(index => Input(index)).DistinctBy(value => value.Name).ToList();
        var inner = new BackwardPass(graph, first, towards);
        for (var i = 0; i < outputs.Count; i++)
        {
            if (GradientOf(i) is { } gradient) inner.Seed(outputs[i], gradient);
        }

        inner.Run();
        foreach (var value in towards)
        {
            if (inner.Gradient(value) is { } gradient) pass.Give(value.Name, gradient);
        }
    }

    /// <summary>The elements of an input that is a constant; null where it is computed or left out.</summary>
    public Tensor? Constant(int input) => Optional(input) is { } value ? ConstantValues.Find(graph, value.Name) : null;

    /// <summary>A whole number among the attributes.</summary>
    public long Whole(string attribute, long otherwise) => _node.Whole(attribute, otherwise);

    /// <summary>A number among the attributes.</summary>
    public float Number(string attribute, float otherwise) => _node.Number(attribute, otherwise);

    /// <summary>A word among the attributes.</summary>
    public string Word(string attribute, string otherwise) => _node.Word(attribute, otherwise);

    /// <summary>Whole numbers among the attributes; null where left out.</summary>
    public long[]? Wholes(string attribute) => _node.Wholes(attribute);

    /// <summary>Whether the default operator set has at least <paramref name="version"/>.</summary>
    public bool Since(int version) => graph.Opsets[""] >= version;

    /// <summary>The shape of a value of which at least the rank must be known.</summary>
    /// <exception cref="ModelTrainingException">MT3013: it is not.</exception>
    public IReadOnlyList<Dimension> Ranked(Value value) => value.Shape ?? throw new ModelTrainingException(
        "MT3013", $"The gradient of {Describe()} needs the number of dimensions of '{value.Name}', which is not known. Export the model with its shapes.");

    /// <summary>A size that must be known.</summary>
    /// <exception cref="ModelTrainingException">MT3013: it is not.</exception>
    public long Size(Value value, int axis) => Ranked(value)[axis] is { IsKnown: true, Size: var size } ? size : throw new ModelTrainingException(
        "MT3013", $"The gradient of {Describe()} needs the size of dimension {axis} of {value}, which is not known. Export the model with that size fixed.");

    /// <summary>The error that the node is used in a way that has no gradient.</summary>
    public ModelTrainingException Unsupported(string what, string fix) => new("MT3014", $"{Describe()} has no gradient {what}. {fix}");

    private string Describe() => $"{_node.OpType}, node '{_node.Name}' of graph '{graph.Name}',";
}
