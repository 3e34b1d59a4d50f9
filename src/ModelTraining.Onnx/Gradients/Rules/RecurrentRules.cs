namespace ModelTraining.Onnx;

/// <summary>
/// Gradients of LSTM, GRU and RNN: unrolled over the sequence, whose length must be known, and differentiated step by step (backpropagation through time). The
/// usual activations only; without peepholes, clipping and lengths of single sequences.
/// </summary>
internal static class RecurrentRules
{
    private static readonly string[] Directions = ["forward", "reverse"];

    public static void Lstm(NodeGradient node) => Unrolled(node, 4, ["Sigmoid", "Tanh", "Tanh"], cell: true, (x, weights, h, c) =>
    {
        var gates = weights.Sum(x, h).Split(1, weights.Hidden, weights.Hidden, weights.Hidden, weights.Hidden); // input, output, forget, cell
        var next = (gates[2].Sigmoid() * c!) + (gates[0].Sigmoid() * gates[3].Tanh());
        return (gates[1].Sigmoid() * next.Tanh(), next);
    });

    public static void Gru(NodeGradient node)
    {
        var resetAfter = node.Whole("linear_before_reset", 0) != 0;
        Unrolled(node, 3, ["Sigmoid", "Tanh"], cell: false, (x, weights, h, _) =>
        {
            var size = weights.Hidden;
            var given = weights.OfInput(x).Split(1, size, size, size); // update, reset, hidden
            var state = resetAfter ? weights.OfState(h) : weights.OfState(h, 0, 2 * size);
            var update = (given[0] + state.Slice(0, size, 1)).Sigmoid();
            var reset = (given[1] + state.Slice(size, 2 * size, 1)).Sigmoid();
            var candidate = resetAfter
                ? given[2] + (reset * state.Slice(2 * size, 3 * size, 1))
                : given[2] + weights.OfState(reset * h, 2 * size, 3 * size);
            return (((1f - update) * candidate.Tanh()) + (update * h), null);
        });
    }

    public static void Rnn(NodeGradient node) => Unrolled(node, 1, ["Tanh"], cell: false, (x, weights, h, _) => (weights.Sum(x, h).Tanh(), null));

    private static void Unrolled(NodeGradient node, int gates, string[] activations, bool cell, Func<Value, RecurrentWeights, Value, Value?, (Value H, Value? C)> step)
    {
        Check(node, activations);
        node.Compose(() =>
        {
            var x = node.Input();
            var length = (int)node.Size(x, 0);
            var hidden = node.Size(node.Input(2), 2);
            var directions = node.Word("direction", "forward") is "bidirectional" ? Directions : [node.Word("direction", "forward")];
            var inputs = length == 1 ? [x] : x.Split(0, [.. Enumerable.Repeat(1L, length)]);
            var outputs = new List<Value>();
            var (lastH, lastC) = (new List<Value>(), new List<Value>());
            for (var direction = 0; direction < directions.Length; direction++)
            {
                var weights = new RecurrentWeights(node, direction, gates, hidden);
                var h = Initial(node, 5, direction) ?? Zeros(node, inputs[0], hidden);
                var c = cell ? Initial(node, 6, direction) ?? Zeros(node, inputs[0], hidden) : null;
                var states = new Value[length];
                for (var i = 0; i < length; i++)
                {
                    var at = directions[direction] == "reverse" ? length - 1 - i : i;
                    (h, c) = step(inputs[at].Squeeze(0), weights, h, c);
                    states[at] = h.Unsqueeze(0);
                }

                outputs.Add(Value.Concat(states, 0).Unsqueeze(1));
                lastH.Add(h.Unsqueeze(0));
                if (c is not null) lastC.Add(c.Unsqueeze(0));
            }

            IReadOnlyList<Value> results = [Value.Concat(outputs, 1), Value.Concat(lastH, 0)];
            return cell ? [.. results, Value.Concat(lastC, 0)] : results;
        });
    }

    private static Value? Initial(NodeGradient node, int input, int direction) =>
        node.Optional(input) is { } states ? states.Gather(node.Graph.Constant((long)direction)) : null;

    private static Value Zeros(NodeGradient node, Value input, long hidden)
    {
        var batch = JoiningRules.SizeOf(input, 1);
        return node.Graph.Add("Expand", [Emit.Scalar(input, 0.0), Value.Concat([batch, Emit.List(node.Graph, [hidden])], 0)], input.Type, [input.Shape![1], hidden]);
    }

    private static void Check(NodeGradient node, string[] activations)
    {
        if (node.Node.Attributes.GetValueOrDefault("activations") is string[] given && given.Where((name, i) => !name.Equals(activations[i % activations.Length], StringComparison.OrdinalIgnoreCase)).Any())
        {
            throw node.Unsupported($"with the activations {string.Join(", ", given)}", $"Use {string.Join(", ", activations)}.");
        }

        if (node.Optional(4) is not null) throw node.Unsupported("with sequences of different lengths (sequence_lens)", "Mask the loss instead.");
        if (node.Optional(7) is not null) throw node.Unsupported("with peepholes", "Leave them out.");
        if (node.Node.Attributes.ContainsKey("clip")) throw node.Unsupported("with 'clip'", "Leave it out; clip the gradients instead.");
        if (node.Whole("layout", 0) != 0) throw node.Unsupported("with 'layout' 1", "Transpose to [sequence, batch, features] and use 0.");
        if (node.Whole("input_forget", 0) != 0) throw node.Unsupported("with 'input_forget'", "Use 0.");
    }
}
