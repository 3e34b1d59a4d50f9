using System.Globalization;
using System.Text;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// Loss and gradients, segment by segment: forward, each runs on weights that gather no gradients, and leaves what others take; then, from the last to the first, each runs
/// once more, and libtorch differentiates it alone. What a segment made inside is let go both times.
/// </summary>
internal sealed class SegmentedBackward
{
    private const string Arguments = "x: List[Tensor], n: List[Tensor], l: List[Tensor], s: List[Tensor], c: List[Tensor], k: List[float], b: List[Tensor]";

    /// <summary>Gradients of what was given, towards what has gone in: of outputs that no gradient goes through it knows when it runs.</summary>
    private const string Back = """
        def back(made: List[Tensor], taken: List[Tensor], given: List[Tensor]) -> List[Tensor]:
            o: List[Tensor] = []
            d: List[Optional[Tensor]] = []
            for i in range(len(made)):
                if made[i].requires_grad:
                    o.append(made[i])
                    d.append(given[i])
            r: List[Tensor] = []
            if len(o) == 0:
                for t in taken:
                    r.append(torch.zeros_like(t))
                return r
            found = torch.autograd.grad(o, taken, d, None, False, True)
            for i in range(len(taken)):
                one = found[i]
                if one is not None:
                    r.append(one)
                else:
                    r.append(torch.zeros_like(taken[i]))
            return r


        """;

    private readonly ScriptWriter _writer;
    private readonly IReadOnlyList<string> _weights;
    private readonly Segment[] _segments;
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal), _gradients = new(StringComparer.Ordinal);
    private readonly StringBuilder _functions = new(Back), _lines = new();
    private readonly bool _scaled;

    private SegmentedBackward(ScriptWriter writer, IReadOnlyList<int> cuts, IReadOnlyList<string> weights)
    {
        (_writer, _weights, _scaled) = (writer, weights, BackwardScript.IsScaledIn(writer.Form));
        var nodes = writer.Graph.Nodes;
        int[] ends = [0, .. cuts, nodes.Count];
        _segments = [.. Enumerable.Range(0, ends.Length - 1).Select(i => new Segment(i, [.. nodes.Skip(ends[i]).Take(ends[i + 1] - ends[i]).Where(node => !writer.IsKnown(node))]))];
        var outputs = writer.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var segment in _segments)
        {
            var made = segment.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
            segment.Gives = [.. made.Where(name => outputs.Contains(name) || _segments.Skip(segment.Number + 1).Any(later => later.Uses.Contains(name)))];
            foreach (var later in _segments.Skip(segment.Number + 1)) later.Takes.AddRange(segment.Gives.Where(later.Uses.Contains));
        }
    }

    /// <param name="writer">The graph, not yet written.</param>
    /// <param name="cuts">The nodes before which it is cut.</param>
    /// <param name="loss">The output that is the loss, which the last segment makes.</param>
    /// <param name="weights">The weights, in the order of l.</param>
    public static BackwardScript Of(ScriptWriter writer, IReadOnlyList<int> cuts, string loss, IReadOnlyList<string> weights)
    {
        var parts = new SegmentedBackward(writer, cuts, weights);
        parts.Write(loss);
        return new BackwardScript(parts._functions.ToString(), parts._lines.ToString(), name => parts._made.TryGetValue(name, out var made) ? made : writer.Output(name), parts._scaled);
    }

    private void Write(string loss)
    {
        foreach (var segment in _segments) AddFunction(segment);
        var last = _segments[^1];
        foreach (var segment in _segments[..^1])
        {
            Line($"forward{segment.Number} = part{segment.Number}(x, n, w, s, c, k, {ScriptText.Tensors(segment.Takes.Select(name => _made[name]))})");
            for (var i = 0; i < segment.Gives.Count; i++) _made[segment.Gives[i]] = string.Create(CultureInfo.InvariantCulture, $"forward{segment.Number}[{i}]");
        }

        RunForGradients(last);
        for (var i = 0; i < last.Gives.Count; i++) _made[last.Gives[i]] = string.Create(CultureInfo.InvariantCulture, $"again{last.Number}[{i}]");
        Line($"loss = {_made[loss]}.to(6).reshape(e)");
        Line($"o = {BackwardScript.Seed("loss", _scaled)}");
        Differentiate(last, ["o"], ["torch.ones_like(o)"]);
        foreach (var segment in _segments[..^1].Reverse())
        {
            var through = Enumerable.Range(0, segment.Gives.Count).Where(i => _gradients.ContainsKey(segment.Gives[i])).ToArray();
            if (through.Length == 0) continue;
            RunForGradients(segment);
            Differentiate(segment, through.Select(i => string.Create(CultureInfo.InvariantCulture, $"again{segment.Number}[{i}]")), through.Select(i => _gradients[segment.Gives[i]]));
        }

        Line("given: List[Optional[Tensor]] = []");
        foreach (var weight in _weights) Line($"given.append({_gradients.GetValueOrDefault(weight, "None")})");
    }

    private void AddFunction(Segment segment)
    {
        foreach (var (i, name) in segment.Takes.Index()) _writer.Set(name, string.Create(CultureInfo.InvariantCulture, $"b[{i}]"));
        var lines = _writer.Write(segment.Nodes);
        _functions.Append(CultureInfo.InvariantCulture, $"def part{segment.Number}({Arguments}) -> List[Tensor]:\n    {ScriptText.NoNumbers}: List[int] = []\n    w = l\n{lines}");
        _functions.Append(CultureInfo.InvariantCulture, $"    return {ScriptText.Tensors(segment.Gives.Select(_writer.Output))}\n\n\n");
    }

    private void RunForGradients(Segment segment)
    {
        Line($"taken{segment.Number} = {ScriptText.Tensors(segment.Takes.Select(name => Learns(name) ? $"{_made[name]}.detach().requires_grad_()" : _made[name]))}");
        Line($"again{segment.Number} = part{segment.Number}(x, n, l, s, c, k, taken{segment.Number})");
    }

    private void Differentiate(Segment segment, IEnumerable<string> made, IEnumerable<string> given)
    {
        var towards = segment.Takes.Index().Where(taken => Learns(taken.Item)).Select(taken => (Name: taken.Item, Expression: string.Create(CultureInfo.InvariantCulture, $"taken{segment.Number}[{taken.Index}]")))
            .Concat(_weights.Index().Where(weight => segment.Uses.Contains(weight.Item)).Select(weight => (Name: weight.Item, Expression: string.Create(CultureInfo.InvariantCulture, $"l[{weight.Index}]")))).ToArray();
        if (towards.Length == 0) return;
        Line($"towards{segment.Number} = back({ScriptText.Tensors(made)}, {ScriptText.Tensors(towards.Select(each => each.Expression))}, {ScriptText.Tensors(given)})");
        foreach (var (i, (name, _)) in towards.Index())
        {
            var gradient = string.Create(CultureInfo.InvariantCulture, $"towards{segment.Number}[{i}]");
            if (_gradients.TryGetValue(name, out var sum)) gradient = $"{sum} + {gradient}";
            var variable = _writer.Variable();
            Line($"{variable} = {gradient}");
            _gradients[name] = variable;
        }
    }

    private bool Learns(string name) => _writer.Learns(name) && _writer.Graph[name].Type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;

    private void Line(string text) => _lines.Append("    ").Append(text).Append('\n');

    /// <summary>Nodes that are run together.</summary>
    private sealed record Segment(int Number, IReadOnlyList<Node> Nodes)
    {
        public HashSet<string> Uses { get; } = [.. Nodes.SelectMany(Graph.Uses)];

        /// <summary>What earlier segments made.</summary>
        public List<string> Takes { get; } = [];

        /// <summary>What others take, or the graph gives.</summary>
        public IReadOnlyList<string> Gives { get; set; } = [];
    }
}
