namespace ModelTraining.Onnx;

/// <summary>Recurrent layers over [batch, sequence, features]; the length of the sequence must be known to be trained. Weights are uniform in ±1/√units, as in PyTorch.</summary>
public static class RecurrentLayers
{
    /// <param name="value">The sequences, [batch, sequence, features].</param>
    extension(Value value)
    {
        /// <summary>Long short-term memory (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers et al., 2000): [batch, sequence, units], or twice the units for both directions.</summary>
        /// <param name="units">The size of the state; at least 1.</param>
        /// <param name="random">Draws the weights.</param>
        /// <param name="bidirectional">Whether it reads from the end, too.</param>
        /// <param name="name">The layer's name; lstm0, ... by default. Parts are input, state and bias, in ONNX's order of gates: input, output, forget, cell.</param>
        /// <exception cref="ModelTrainingException">MT1700: <paramref name="units"/> is less than 1. MT3015: the features are not known, or there are not three dimensions.</exception>
        public Value Lstm(int units, SeededRandom random, bool bidirectional = false, string? name = null) => Recurrent(value, "LSTM", 4, units, random, bidirectional, name);

        /// <summary>Gated recurrent units (Cho et al., 2014), with the reset gate after the product, as in PyTorch and Keras: [batch, sequence, units], or twice the units for both directions.</summary>
        /// <param name="units">The size of the state; at least 1.</param>
        /// <param name="random">Draws the weights.</param>
        /// <param name="bidirectional">Whether it reads from the end, too.</param>
        /// <param name="name">The layer's name; gru0, ... by default. Parts are input, state and bias, in ONNX's order of gates: update, reset, hidden.</param>
        /// <exception cref="ModelTrainingException">MT1700: <paramref name="units"/> is less than 1. MT3015: the features are not known, or there are not three dimensions.</exception>
        public Value Gru(int units, SeededRandom random, bool bidirectional = false, string? name = null) => Recurrent(value, "GRU", 3, units, random, bidirectional, name, ("linear_before_reset", 1L));
    }

    private static Value Recurrent(Value value, string opType, long gates, int units, SeededRandom random, bool bidirectional, string? name, params (string, object)[] attributes)
    {
        var features = LayerShapes.Size(opType, value, 2, 3);
        LayerShapes.AtLeast(opType, nameof(units), units);
        var (directions, bound) = (bidirectional ? 2L : 1, 1 / Math.Sqrt(units));
        var weights = new LayerWeights(value, opType == "LSTM" ? "lstm" : "gru", name);
        var sequence = value.Transpose(1, 0, 2);
        Value[] inputs =
        [
            sequence,
            weights.Uniform("input", random, bound, directions, gates * units, features),
            weights.Uniform("state", random, bound, directions, gates * units, units),
            weights.Uniform("bias", random, bound, directions, 2 * gates * units),
        ];
        var all = LayerShapes.Add(opType, inputs, [("hidden_size", (long)units), ("direction", bidirectional ? "bidirectional" : "forward"), .. attributes]);

        // [sequence, directions, batch, units] as [batch, sequence, directions · units]
        if (!bidirectional) return all.Squeeze(1).Transpose(1, 0, 2);
        var moved = all.Transpose(2, 0, 1, 3);
        return moved.Shape![1] is { IsKnown: true, Size: var length } ? moved.Reshape(-1, length, 2L * units) : moved.Reshape(0, 0, 2L * units);
    }
}
