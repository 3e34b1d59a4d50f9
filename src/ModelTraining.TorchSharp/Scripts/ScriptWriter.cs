using System.Globalization;
using System.Text;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// Writes a graph as the lines of a TorchScript function. Inputs of batches are x[i], noise n[i], weights l[i], running statistics s[i], fixed
/// tensors c[i]; what a node gives is v0, v1, …
/// </summary>
internal sealed class ScriptWriter
{
    private readonly SizedGraph _sized;
    private readonly StringBuilder _lines = new();
    private readonly Dictionary<string, string> _expressions = new(StringComparer.Ordinal);
    private readonly Dictionary<Tensor, string> _fixed = new(ReferenceEqualityComparer.Instance);
    private readonly List<Tensor> _tensors = [];
    private readonly HashSet<string> _learning;
    private readonly HashSet<string> _used;
    private readonly List<(Node Node, string Expression)> _results = [];
    private int _next;

    /// <param name="sized">The graph.</param>
    /// <param name="inputs">What inputs are called in the script.</param>
    /// <param name="learning">The inputs that gradients go towards.</param>
    /// <param name="precision">The numbers that products are made of.</param>
    public ScriptWriter(SizedGraph sized, IReadOnlyDictionary<string, string> inputs, IEnumerable<string> learning, Precision precision)
    {
        (_sized, Precision) = (sized, precision);
        foreach (var (name, expression) in inputs) _expressions.Add(name, expression);
        _learning = new HashSet<string>(learning, StringComparer.Ordinal);
        _used = [.. Graph.Nodes.SelectMany(node => node.Inputs), .. Graph.Outputs.Select(output => output.Name)];
        foreach (var node in Graph.Nodes) Write(node);
    }

    public Graph Graph => _sized.Graph;

    public Precision Precision { get; }

    /// <summary>The type of the numbers that products are made of.</summary>
    public int LowCode => ScriptText.Code(Precision == Precision.BFloat16 ? ElementType.BFloat16 : ElementType.Float)!.Value;

    /// <summary>The lines of the function's body, each with its indent.</summary>
    public string Lines => _lines.ToString();

    /// <summary>The tensors that are c[0], c[1], …</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>What nodes give that holds numbers with a fraction, in the order of running.</summary>
    public IReadOnlyList<(Node Node, string Expression)> Results => _results;

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

    public string Fixed(Tensor tensor)
    {
        if (_fixed.TryGetValue(tensor, out var expression)) return expression;
        _tensors.Add(tensor);
        return _fixed[tensor] = string.Create(CultureInfo.InvariantCulture, $"c[{_tensors.Count - 1}]");
    }

    public string Let(string expression)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{_next++}");
        Line($"{name} = {expression}");
        return name;
    }

    public void Line(string text) => _lines.Append("    ").Append(text).Append('\n');

    public void Set(string name, string expression) => _expressions[name] = expression;

    private void Write(Node node)
    {
        // Shape arithmetic, done already.
        if (node.Outputs.All(output => output.Length == 0 || Constant(output) is not null)) return;
        var rule = ScriptRules.Find(node) ?? throw ScriptNode.Gap(node, "at all", "Replace it with operators of docs/operators.md.");
        var script = new ScriptNode(this, node, rule);
        if (node.Inputs.Any(_learning.Contains)) _learning.UnionWith(node.Outputs);
        if (rule.Write(script) is { } expression) script.Set(0, Let(expression));
        foreach (var output in node.Outputs)
        {
            if (output.Length > 0 && Graph[output].Type == ElementType.Float && _expressions.TryGetValue(output, out var given)) _results.Add((node, given));
        }
    }
}
