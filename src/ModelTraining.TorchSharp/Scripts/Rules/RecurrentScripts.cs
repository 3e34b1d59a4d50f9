using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>LSTM, GRU and RNN by libtorch's own, whose gates stand in another order; a GRU that resets before its product is unrolled.</summary>
internal static class RecurrentScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("LSTM", node => Run(node, "lstm", [0, 2, 3, 1], ["Sigmoid", "Tanh", "Tanh"]), MixedPrecision.Full), // ONNX: input, output, forget, cell; libtorch: input, forget, cell, output
        new("GRU", Gru, MixedPrecision.Full),
        new("RNN", node => Run(node, "rnn_tanh", [0], ["Tanh"]), MixedPrecision.Full),
    ];

    private static string? Gru(ScriptNode node)
    {
        int[] gates = [1, 0, 2]; // ONNX: update, reset, hidden; libtorch: reset, update, hidden
        return node.Whole("linear_before_reset", 0) != 0 ? Run(node, "gru", gates, ["Sigmoid", "Tanh"]) : Unrolled(node);
    }

    private static string? Run(ScriptNode node, string name, int[] gates, string[] activations)
    {
        Check(node, activations);
        var (length, batch) = (node.Shape(0)[0], node.Shape(0)[1]);
        var hidden = node.Shape(2)[2];
        var directions = node.Shape(1)[0];
        var reversed = node.Word("direction", "forward") == "reverse";
        var x = reversed ? $"torch.flip({node.X(0)}, [0])" : node.X(0);
        var cell = name == "lstm";
        var parameters = new List<string>();
        for (var direction = 0; direction < directions; direction++)
        {
            parameters.Add(Ordered(node, $"{node.X(1)}[{direction}]", gates, hidden, 0));
            parameters.Add(Ordered(node, $"{node.X(2)}[{direction}]", gates, hidden, 0));
            if (!node.Has(3)) continue;
            parameters.Add(Ordered(node, $"{node.X(3)}[{direction}]", gates, hidden, 0));
            parameters.Add(Ordered(node, $"{node.X(3)}[{direction}]", gates, hidden, gates.Length * hidden));
        }

        var zeros = $"torch.zeros({List([directions, batch, hidden])}, dtype={Code(Onnx.ElementType.Float)}, device={node.X(1)}.device)";
        var first = node.Has(5) ? node.X(5) : zeros;
        var state = cell ? Tensors([first, node.Has(6) ? node.X(6) : zeros]) : first;
        var given = node.Let($"torch.{name}({x}, {state}, {Tensors(parameters)}, {Boolean(node.Has(3))}, 1, 0.0, True, {Boolean(directions == 2)}, False)");
        var all = $"{given}[0].reshape({List([length, batch, directions, hidden])}).permute([0, 2, 1, 3])";
        node.Set(0, node.Let(reversed ? $"torch.flip({all}, [0])" : all));
        node.Set(1, node.Let($"{given}[1]"));
        if (cell) node.Set(2, node.Let($"{given}[2]"));
        return null;
    }

    private static string Ordered(ScriptNode node, string weights, int[] gates, long hidden, long offset)
    {
        if (gates.Length == 1) return $"torch.slice({weights}, 0, {offset}, {offset + hidden}, 1)";
        return node.Let($"torch.cat({Tensors(gates.Select(gate => $"torch.slice({weights}, 0, {offset + (gate * hidden)}, {offset + ((gate + 1) * hidden)}, 1)"))}, 0)");
    }

    private static string? Unrolled(ScriptNode node)
    {
        Check(node, ["Sigmoid", "Tanh"]);
        var (shape, hidden) = (node.Shape(0), node.Shape(2)[2]);
        var word = node.Word("direction", "forward");
        var (outputs, last) = (new List<string>(), new List<string>());
        for (var direction = 0; direction < node.Shape(1)[0]; direction++)
        {
            var backwards = word == "reverse" || direction == 1;
            var bias = node.Has(3) ? $"{node.X(3)}[{direction}]" : $"torch.zeros([{6 * hidden}], dtype={Code(Onnx.ElementType.Float)}, device={node.X(1)}.device)";
            var (ofInput, ofState) = (node.Let($"torch.slice({bias}, 0, 0, {3 * hidden}, 1)"), node.Let($"torch.slice({bias}, 0, {3 * hidden}, {6 * hidden}, 1)"));
            var (state, own) = (node.Let($"{node.X(2)}[{direction}]"), node.Let($"torch.matmul({node.X(0)}, {node.X(1)}[{direction}].t()) + {ofInput}"));
            var gates = (node.Let($"torch.slice({state}, 0, 0, {2 * hidden}, 1).t()"), node.Let($"torch.slice({state}, 0, {2 * hidden}, {3 * hidden}, 1).t()"));
            var biases = (node.Let($"torch.slice({ofState}, 0, 0, {2 * hidden}, 1)"), node.Let($"torch.slice({ofState}, 0, {2 * hidden}, {3 * hidden}, 1)"));
            var h = node.Let(node.Has(5) ? $"{node.X(5)}[{direction}]" : $"torch.zeros({List([shape[1], hidden])}, dtype={Code(Onnx.ElementType.Float)}, device={node.X(1)}.device)");
            var states = new string[shape[0]];
            for (var i = 0; i < shape[0]; i++)
            {
                var at = backwards ? shape[0] - 1 - i : i;
                var given = node.Let($"torch.split_with_sizes({own}[{at}], {List([2 * hidden, hidden])}, 1)");
                var open = node.Let($"torch.split_with_sizes(torch.sigmoid({given}[0] + torch.addmm({biases.Item1}, {h}, {gates.Item1})), {List([hidden, hidden])}, 1)"); // update, reset
                var candidate = node.Let($"torch.tanh({given}[1] + torch.addmm({biases.Item2}, {open}[1] * {h}, {gates.Item2}))");
                states[at] = h = node.Let($"(1.0 - {open}[0]) * {candidate} + {open}[0] * {h}");
            }

            outputs.Add(node.Let($"torch.stack({Tensors(states)}, 0)"));
            last.Add(h);
        }

        node.Set(0, node.Let($"torch.stack({Tensors(outputs)}, 1)"));
        node.Set(1, node.Let($"torch.stack({Tensors(last)}, 0)"));
        return null;
    }

    private static void Check(ScriptNode node, string[] activations)
    {
        if (node.Node.Attributes.GetValueOrDefault("activations") is string[] given && given.Where((name, i) => !name.Equals(activations[i % activations.Length], StringComparison.OrdinalIgnoreCase)).Any())
        {
            throw node.Gap($"with the activations {string.Join(", ", given)}", $"Use {string.Join(", ", activations)}.");
        }

        if (node.Has(4)) throw node.Gap("with sequences of different lengths (sequence_lens)", "Mask the loss instead.");
        if (node.Has(7)) throw node.Gap("with peepholes", "Leave them out.");
        if (node.Node.Attributes.ContainsKey("clip")) throw node.Gap("with 'clip'", "Leave it out; clip the gradients instead.");
        if (node.Whole("layout", 0) != 0) throw node.Gap("with 'layout' 1", "Transpose to [sequence, batch, features] and use 0.");
        if (node.Whole("input_forget", 0) != 0) throw node.Gap("with 'input_forget'", "Use 0.");
    }
}
