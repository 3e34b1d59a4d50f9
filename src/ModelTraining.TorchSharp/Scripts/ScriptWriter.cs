using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// Writes the nodes of a graph as lines of TorchScript. Inputs of batches are x[i], noise n[i], weights l[i], running statistics s[i], fixed
/// tensors c[i]; what a node gives is v0, v1, …
/// </summary>
internal sealed class ScriptWriter
{
    private readonly SizedGraph _sized;
    private readonly ScriptBody _body;
    private readonly Dictionary<string, string> _expressions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _learning;
    private readonly HashSet<string> _used;
    private readonly List<(Node Node, string Expression)> _results = [];

    /// <param name="sized">The graph.</param>
    /// <param name="inputs">What inputs are called in the script.</param>
    /// <param name="learning">The inputs that gradients go towards.</param>
    /// <param name="form">In which form it is written.</param>
    public ScriptWriter(SizedGraph sized, IReadOnlyDictionary<string, string> inputs, IEnumerable<string> learning, ScriptForm form) : this(sized, inputs, learning, form, new ScriptBody())
    {
    }

    private ScriptWriter(SizedGraph sized, IReadOnlyDictionary<string, string> inputs, IEnumerable<string> learning, ScriptForm form, ScriptBody body)
    {
        (_sized, Form, _body) = (sized, form, body);
        foreach (var (name, expression) in inputs) _expressions.Add(name, expression);
        _learning = new HashSet<string>(learning, StringComparer.Ordinal);
        _used = [.. Graph.Nodes.SelectMany(Graph.Uses), .. Graph.Outputs.Select(output => output.Name)];
    }

    public Graph Graph => _sized.Graph;

    public ScriptForm Form { get; }

    /// <summary>The type of the numbers that products are made of.</summary>
    public int LowCode => ScriptText.Code(Form.Precision switch { Precision.BFloat16 => ElementType.BFloat16, Precision.Float16 => ElementType.Float16, _ => ElementType.Float })!.Value;

    /// <summary>The tensors that are c[0], c[1], …</summary>
    public IReadOnlyList<Tensor> Tensors => _body.Tensors;

    /// <summary>What nodes give that holds numbers with a fraction, in the order of running.</summary>
    public IReadOnlyList<(Node Node, string Expression)> Results => _results;

    /// <summary>Writes nodes, in an order in which they can run.</summary>
    /// <returns>The lines, each with its indent.</returns>
    public string Write(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes) Write(node);
        return _body.Take();
    }

    /// <summary>Writes all nodes.</summary>
    public string Write() => Write(Graph.Nodes);

    /// <summary>Writes the graph of an attribute as lines within the one before them, of which the outputs come in variables.</summary>
    public void WriteBranch(Node node, Graph branch, IReadOnlyList<string> variables)
    {
        var opened = InnerGraph.Opened(branch, Graph);
        foreach (var input in opened.Inputs) if (Constant(input.Name) is { } tensor) opened.AddConstant(input, tensor);
        var sized = new SizedGraph(opened, new Dictionary<string, long[]>());
        var around = sized.Graph.Inputs.ToDictionary(input => input.Name, input => Expression(node, input.Name), StringComparer.Ordinal);
        var inside = new ScriptWriter(sized, around, around.Keys.Where(_learning.Contains), Form, _body);
        _body.Within(() =>
        {
            foreach (var inner in sized.Graph.Nodes) inside.Write(inner);
            foreach (var (variable, output) in variables.Zip(sized.Graph.Outputs)) Line($"{variable} = {inside.Output(output.Name)}");
        });
    }

    /// <summary>The expression of an output of the graph.</summary>
    public string Output(string name) => Expression(null, name);

    public string Expression(Node? reader, string name)
    {
        if (_expressions.TryGetValue(name, out var expression)) return expression;
        if (Constant(name) is { } tensor) return _expressions[name] = Fixed(tensor);
        throw new ModelTrainingException("MT3202", $"The value '{name}'{(reader is null ? "" : $", which {reader.OpType} '{reader.Name}' takes,")} is made of what the rows hold, which the TorchSharp backend does not know before it runs. Give the graph's inputs fixed sizes.");
    }

    public long[] ShapeOf(Node reader, string name) => _sized.Shape(name)
        ?? throw new ModelTrainingException("MT3202", $"The shape of '{name}' at {reader.OpType} '{reader.Name}' is not known for a batch: {Graph[name]}. Give the graph's inputs fixed sizes, for example a length of the texts.");

    /// <summary>A tensor that is known before the graph runs.</summary>
    public Tensor? Constant(string name)
    {
        if (_expressions.ContainsKey(name) && Graph.Inputs.Any(input => input.Name == name)) return null;
        if (Graph.Constants.TryGetValue(name, out var tensor)) return tensor;
        if (_sized.Numbers(name) is not { } numbers || _sized.Shape(name) is not { } shape) return null;
        return Graph[name].Type switch
        {
            ElementType.Int64 => Tensor.Of(numbers, shape),
            ElementType.Int32 => Tensor.Of(Array.ConvertAll(numbers, number => (int)number), shape),
            _ => null,
        };
    }

    public long[]? Numbers(string name) => _sized.Numbers(name);

    public bool IsUsed(string name) => _used.Contains(name);

    public bool Learns(string name) => _learning.Contains(name);

    /// <summary>Whether nothing of a node is left to run: shape arithmetic, done already.</summary>
    public bool IsKnown(Node node) => node.Outputs.All(output => output.Length == 0 || Constant(output) is not null);

    public string Fixed(Tensor tensor) => _body.Fixed(tensor);

    public string Variable() => _body.Variable();

    public string Let(string expression)
    {
        var name = _body.Variable();
        Line($"{name} = {expression}");
        return name;
    }

    public void Line(string text) => _body.Line(text);

    public void Set(string name, string expression) => _expressions[name] = expression;

    private void Write(Node node)
    {
        if (IsKnown(node)) return;
        var rule = ScriptRules.Find(node) ?? throw ScriptNode.Gap(node, "at all", "Replace it with operators of docs/operators.md.");
        var script = new ScriptNode(this, node, rule);
        if (Graph.Uses(node).Any(_learning.Contains)) _learning.UnionWith(node.Outputs);
        if (rule.Write(script) is { } expression) script.Set(0, Let(expression));
        foreach (var output in node.Outputs)
        {
            if (output.Length > 0 && Graph[output].Type == ElementType.Float && _expressions.TryGetValue(output, out var given)) _results.Add((node, given));
        }
    }
}
