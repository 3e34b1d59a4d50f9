namespace ModelTraining.Onnx;

/// <summary>Attention over sequences of vectors, [batch, sequence, width], and what tells positions apart.</summary>
public static class AttentionLayers
{
    /// <summary>What a score that is masked becomes: after Softmax nothing is left of it, and no infinity makes NaN of a row that is masked whole.</summary>
    private const float Masked = -1e9f;

    /// <param name="value">The sequences, [batch, sequence, width].</param>
    extension(Value value)
    {
        /// <summary>Multi-head attention of a sequence to itself, or to <paramref name="context"/> (Vaswani et al., "Attention Is All You Need", 2017).</summary>
        /// <param name="heads">The number of heads; divides the width.</param>
        /// <param name="random">Draws the weights of the four products (Glorot, as in PyTorch); biases are 0.</param>
        /// <param name="mask">Which positions may be looked at, [batch, sequence of what is looked at]: 1 (or true) for a token, 0 for padding. All by default.</param>
        /// <param name="causal">Whether a position sees none after it.</param>
        /// <param name="context">What is looked at, [batch, other sequence, width]; the sequence itself by default.</param>
        /// <param name="name">The layer's name; attention0, ... by default. Parts are query, key, value and output.</param>
        /// <exception cref="ModelTrainingException">MT1702: <paramref name="heads"/> does not divide the width. MT3015: the width is not known, or there are not three dimensions; for <paramref name="causal"/>, the sequence is not known. MT3100: <paramref name="mask"/> or <paramref name="context"/> do not fit.</exception>
        public Value MultiHeadAttention(int heads, SeededRandom random, Value? mask = null, bool causal = false, Value? context = null, string? name = null)
        {
            const string layer = "MultiHeadAttention";
            var width = LayerShapes.Size(layer, value, 2, 3);
            LayerShapes.Divides(layer, nameof(heads), heads, width);
            var (weights, size) = (new LayerWeights(value, "attention", name), width / heads);
            var other = context ?? value;
            if (mask?.Shape is { } seeable && other.Shape is { Count: 3 } looked && !(seeable.Count == 2 && Shapes.TryEqual(seeable[1], looked[1], out _))) throw Shapes.Mismatch(layer, "are not what is looked at, [batch, sequence, width], and a mask of it, [batch, sequence]", [other, mask]);
            var query = Heads(Product(value, "query"), 0, 2, 1, 3);
            var key = Heads(Product(other, "key"), 0, 2, 3, 1);
            var content = Heads(Product(other, "value"), 0, 2, 1, 3);
            var scores = query.MatMul(key) * (float)(1 / Math.Sqrt(size));
            if (mask is not null) scores += ((1f - mask.Cast(value.Type)) * Masked).Unsqueeze(1, 2);
            if (causal) scores += Later(LayerShapes.Size(layer, value, 1, 3), LayerShapes.Size(layer, other, 1, 3));
            var seen = scores.Softmax().MatMul(content).Transpose(0, 2, 1, 3);
            return Product(seen.Reshape(0, 0, width), "output");

            Value Product(Value of, string part) =>
                of.MatMul(weights.Draw($"{part}.weight", Initializer.GlorotUniform, random, width, width, width, width)) + weights.Full($"{part}.bias", 0, width);

            Value Heads(Value of, params long[] permutation) => of.Reshape(0, 0, heads, size).Transpose(permutation);

            Value Later(long rows, long columns)
            {
                var later = new float[rows * columns];
                for (var row = 0L; row < rows; row++) later.AsSpan((int)(row * columns), (int)columns)[(int)Math.Min(row + 1, columns)..].Fill(Masked);
                return Emit.Fixed(value.Graph, Tensor.Of(later, rows, columns)).Cast(value.Type);
            }
        }

        /// <summary>The sequence with sines and cosines of its positions added (Vaswani et al., 2017); nothing is trained.</summary>
        /// <exception cref="ModelTrainingException">MT3015: sequence or width are not known, or there are not three dimensions.</exception>
        public Value SinusoidalPositions()
        {
            var (length, width) = (LayerShapes.Size("SinusoidalPositions", value, 1, 3), LayerShapes.Size("SinusoidalPositions", value, 2, 3));
            var waves = new float[length * width];
            for (var position = 0L; position < length; position++)
            {
                for (var i = 0L; i < width; i++)
                {
                    var angle = position / Math.Pow(10000, i / 2 * 2.0 / width);
                    waves[(position * width) + i] = (float)(i % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
                }
            }

            return value + Emit.Fixed(value.Graph, Tensor.Of(waves, length, width)).Cast(value.Type);
        }

        /// <summary>The sequence with a trained vector of each position added (Devlin et al., "BERT", 2018); normal with deviation 0.02.</summary>
        /// <param name="random">Draws the vectors.</param>
        /// <param name="name">The layer's name; positions0, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT3015: sequence or width are not known, or there are not three dimensions.</exception>
        public Value LearnedPositions(SeededRandom random, string? name = null)
        {
            var (length, width) = (LayerShapes.Size("LearnedPositions", value, 1, 3), LayerShapes.Size("LearnedPositions", value, 2, 3));
            return value + new LayerWeights(value, "positions", name).Normal("weight", random, 0.02, length, width);
        }
    }
}
