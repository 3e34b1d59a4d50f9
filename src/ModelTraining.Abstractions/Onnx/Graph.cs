using System.Globalization;

namespace ModelTraining.Onnx;

/// <summary>An ONNX graph under construction: inputs, constants, nodes and outputs. Nodes are in an order in which they can run. Not thread-safe.</summary>
/// <param name="name">The name of the graph.</param>
/// <param name="opset">The version of the default operator set (ai.onnx).</param>
public sealed class Graph(string name = "model", int opset = Graph.DefaultOpset)
{
    private readonly List<Value> _inputs = [];
    private readonly List<Value> _outputs = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, Tensor> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _opsets = new(StringComparer.Ordinal) { [""] = opset };
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private int _next;

    /// <summary>The version of the default operator set that new graphs use.</summary>
    public const int DefaultOpset = 17;

    /// <summary>The name of the graph.</summary>
    public string Name => name;

    /// <summary>The operator sets by domain; the default one has the empty name.</summary>
    public IReadOnlyDictionary<string, int> Opsets => _opsets;

    /// <summary>The inputs in their order.</summary>
    public IReadOnlyList<Value> Inputs => _inputs;

    /// <summary>The outputs in their order.</summary>
    public IReadOnlyList<Value> Outputs => _outputs;

    /// <summary>The nodes in an order in which they can run.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>The constants (initializers) by name: weights and fixed tensors.</summary>
    public IReadOnlyDictionary<string, Tensor> Constants => _constants;

    /// <summary>Free-form text kept in the file (metadata_props).</summary>
    public IDictionary<string, string> Metadata => _metadata;

    /// <summary>The value called <paramref name="valueName"/>.</summary>
    /// <exception cref="ModelTrainingException">MT3001: there is none; the message has the nearest names.</exception>
    public Value this[string valueName] => _values.TryGetValue(valueName, out var value)
        ? value
        : throw new ModelTrainingException("MT3001", $"Graph '{Name}' has no value '{valueName}'. {NearestNames.Sentence(valueName, _values.Keys)}");

    /// <summary>States that the graph uses <paramref name="version"/> of an operator set.</summary>
    public void UseOpset(string domain, int version) => _opsets[domain] = version;

    /// <summary>Adds an input.</summary>
    /// <exception cref="ModelTrainingException">MT3002: the name is taken.</exception>
    public Value Input(string inputName, ElementType type, params Dimension[] shape)
    {
        var value = Define(inputName, type, shape);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Adds a constant.</summary>
    /// <exception cref="ModelTrainingException">MT3002: the name is taken.</exception>
    public Value Constant(Tensor tensor, string? constantName = null)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var value = Define(constantName ?? Unused("constant"), tensor.Type, [.. tensor.Shape.ToArray().Select(Dimension.FromInt64)]);
        _constants.Add(value.Name, tensor);
        return value;
    }

    /// <summary>Adds a constant of one element and no dimension.</summary>
    public Value Constant(float element) => Constant(Tensor.Of([element]));

    /// <summary>Adds a constant of one element and no dimension.</summary>
    public Value Constant(long element) => Constant(Tensor.Of([element]));

    /// <summary>Adds a node with one output. The operators of ModelTraining.Onnx are written with this one.</summary>
    /// <param name="opType">The operator, for example Gemm.</param>
    /// <param name="inputs">The values that go in, null where an optional one is left out.</param>
    /// <param name="type">The element type of the output.</param>
    /// <param name="shape">The shape of the output; null when nothing is known of it.</param>
    /// <param name="attributes">Attributes by name: long, int, float, string, <see cref="Tensor"/>, <see cref="Graph"/>, or an array of long, float or string.</param>
    /// <param name="domain">The operator set: empty for ai.onnx.</param>
    public Value Add(string opType, IReadOnlyList<Value?> inputs, ElementType type, IReadOnlyList<Dimension>? shape = null, IEnumerable<(string Name, object Value)>? attributes = null, string domain = "") =>
        Add(opType, inputs, [(type, shape)], attributes, domain)[0];

    /// <summary>Adds a node with several outputs.</summary>
    /// <param name="opType">The operator, for example Split.</param>
    /// <param name="inputs">The values that go in, null where an optional one is left out.</param>
    /// <param name="outputs">The element type of each output, and its shape, null when nothing is known of it.</param>
    /// <param name="attributes">Attributes by name: long, int, float, string, <see cref="Tensor"/>, <see cref="Graph"/>, or an array of long, float or string.</param>
    /// <param name="domain">The operator set: empty for ai.onnx.</param>
    public IReadOnlyList<Value> Add(string opType, IReadOnlyList<Value?> inputs, IReadOnlyList<(ElementType Type, IReadOnlyList<Dimension>? Shape)> outputs, IEnumerable<(string Name, object Value)>? attributes = null, string domain = "")
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        foreach (var input in inputs)
        {
            if (input is not null && input.Graph != this) throw new ArgumentException($"Value '{input.Name}' belongs to another graph.", nameof(inputs));
        }

        var values = outputs.Select(output => Define(Unused(opType), output.Type, output.Shape)).ToArray();
        var named = (attributes ?? []).ToDictionary(pair => pair.Name, pair => pair.Value is int whole ? (long)whole : pair.Value, StringComparer.Ordinal);
        _nodes.Add(new Node(values[0].Name, opType, domain, [.. inputs.Select(input => input?.Name ?? "")], [.. values.Select(value => value.Name)], named));
        return values;
    }

    /// <summary>Makes <paramref name="value"/> an output called <paramref name="outputName"/>.</summary>
    /// <exception cref="ModelTrainingException">MT3002: the name is taken.</exception>
    public Value Output(string outputName, Value value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Graph != this) throw new ArgumentException($"Value '{value.Name}' belongs to another graph.", nameof(value));
        var output = value;
        if (value.Name != outputName)
        {
            output = Define(outputName, value.Type, value.Shape);
            _nodes.Add(new Node(outputName, "Identity", "", [value.Name], [outputName], new Dictionary<string, object>()));
        }

        _outputs.Add(output);
        return output;
    }

    /// <summary>What a file holds beyond what a graph has a word for (its functions, its documentation, ...), kept by the reader for the writer.</summary>
    internal object? Carried { get; set; }

    /// <summary>Makes a defined value an input, for readers of files.</summary>
    internal void AddInput(Value value) => _inputs.Add(value);

    /// <summary>Gives a defined value a fixed tensor, for readers of files. An input that has one need not be given when the graph runs.</summary>
    internal void AddConstant(Value value, Tensor tensor)
    {
        if (!_constants.TryAdd(value.Name, tensor)) throw new ModelTrainingException("MT3002", $"Graph '{Name}' already has a constant '{value.Name}'. Choose another name.");
    }

    /// <summary>Gives a constant another tensor of the same type and shape.</summary>
    internal void ReplaceConstant(string constantName, Tensor tensor) => _constants[constantName] = tensor;

    /// <summary>Appends a node whose outputs are defined, for readers of files.</summary>
    internal void AddNode(Node node) => _nodes.Add(node);

    /// <summary>Puts nodes, whose outputs are defined, in the place of one.</summary>
    internal void Replace(Node node, IEnumerable<Node> others)
    {
        var place = _nodes.IndexOf(node);
        _nodes.RemoveAt(place);
        _nodes.InsertRange(place, others);
    }

    /// <summary>Gives a node further outputs, up to <paramref name="outputs"/>, of <paramref name="type"/>: optional ones that a gradient needs. The node is replaced by one that has them.</summary>
    internal Node Extend(Node node, int outputs, Func<int, (ElementType Type, IReadOnlyList<Dimension>? Shape)> type)
    {
        var names = node.Outputs.ToList();
        for (var i = 0; i < outputs; i++)
        {
            if (i < names.Count && names[i].Length > 0) continue;
            var (element, shape) = type(i);
            var added = Define(Unused(node.OpType), element, shape).Name;
            if (i < names.Count) names[i] = added;
            else names.Add(added);
        }

        if (names.SequenceEqual(node.Outputs)) return node;
        var extended = new Node(node.Name, node.OpType, node.Domain, node.Inputs, names, node.Attributes) { Carried = node.Carried };
        _nodes[_nodes.IndexOf(node)] = extended;
        return extended;
    }

    /// <summary>Makes a defined value an output under its own name, for readers of files.</summary>
    internal void AddOutput(Value value) => _outputs.Add(value);

    /// <summary>The value called <paramref name="valueName"/>, null when there is none.</summary>
    internal Value? Find(string valueName) => _values.GetValueOrDefault(valueName);

    /// <summary>Takes out the inputs, constants and nodes that no output depends on.</summary>
    public void Prune()
    {
        var needed = _outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = _nodes.Count - 1; i >= 0; i--)
        {
            if (!_nodes[i].Outputs.Any(needed.Contains))
            {
                foreach (var output in _nodes[i].Outputs) _values.Remove(output);
                _nodes.RemoveAt(i);
                continue;
            }

            needed.UnionWith(Uses(_nodes[i]));
        }

        _inputs.RemoveAll(input => !needed.Contains(input.Name) && _values.Remove(input.Name));
        foreach (var name in _constants.Keys.Where(name => !needed.Contains(name)).ToList())
        {
            _constants.Remove(name);
            _values.Remove(name);
        }
    }

    /// <summary>What a node takes, the graphs within its attributes included: they see the values around them.</summary>
    internal static IEnumerable<string> Uses(Node node) => node.Inputs.Where(input => input.Length > 0).Concat(Inner(node).SelectMany(Taken));

    /// <summary>The values around a graph inside a node that it takes.</summary>
    internal static IEnumerable<string> Taken(Graph inner) => inner._nodes.SelectMany(Uses).Where(name => !inner._values.ContainsKey(name));

    private static IEnumerable<Graph> Inner(Node node) =>
        node.Attributes.Values.SelectMany(attribute => attribute is Graph graph ? [graph] : attribute as Graph[] ?? []);

    /// <summary>Defines a value of a given name, for readers of files.</summary>
    internal Value Define(string valueName, ElementType type, IReadOnlyList<Dimension>? shape)
    {
        var value = new Value(this, valueName, type, shape);
        if (!_values.TryAdd(valueName, value)) throw new ModelTrainingException("MT3002", $"Graph '{Name}' already has a value '{valueName}'. Choose another name.");
        return value;
    }

    private string Unused(string stem)
    {
        string candidate;
        do candidate = string.Create(CultureInfo.InvariantCulture, $"{stem}_{_next++}");
        while (_values.ContainsKey(candidate));
        return candidate;
    }
}
