namespace ModelTraining.Onnx;

/// <summary>Fully connected layers and tables of vectors. Weights are constants named after the layer: fc.weight, fc.bias.</summary>
public static class DenseLayers
{
    /// <param name="value">What the layer is applied to.</param>
    extension(Value value)
    {
        /// <summary>x · weight + bias over the last dimension: [..., features] becomes [..., units].</summary>
        /// <param name="units">The size of the result; at least 1.</param>
        /// <param name="random">Draws the weights; the same state gives the same weights.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="initializer">How weights are drawn. A bias is uniform in ±1/√features by default, as in PyTorch, otherwise 0, as in Keras.</param>
        /// <param name="name">The layer's name; dense0, dense1, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT1700: <paramref name="units"/> is less than 1. MT3015: the last dimension is not known.</exception>
        public Value Dense(int units, SeededRandom random, bool bias = true, Initializer initializer = Initializer.FanInUniform, string? name = null)
        {
            var features = LayerShapes.Size("Dense", value, -1);
            LayerShapes.AtLeast("Dense", nameof(units), units);
            var weights = new LayerWeights(value, "dense", name);
            var weight = weights.Draw("weight", initializer, random, features, units, features, units);
            var offset = !bias ? null
                : initializer == Initializer.FanInUniform ? weights.Uniform("bias", random, 1 / Math.Sqrt(features), units) : weights.Full("bias", 0, units);
            if (value.Shape!.Count == 2) return value.Gemm(weight, offset);
            var product = value.MatMul(weight);
            return offset is null ? product : product + offset;
        }

        /// <summary>A row of a trained table for each whole number: [...] becomes [..., width]. Rows are normal with deviation 1, as in PyTorch.</summary>
        /// <param name="count">The number of rows; numbers must be less. At least 1.</param>
        /// <param name="width">The size of a row; at least 1.</param>
        /// <param name="random">Draws the rows.</param>
        /// <param name="name">The layer's name; embedding0, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT1700: a size is less than 1. MT3101: the value is not of Int64 or Int32.</exception>
        public Value Embedding(int count, int width, SeededRandom random, string? name = null)
        {
            LayerShapes.AtLeast("Embedding", nameof(count), count);
            LayerShapes.AtLeast("Embedding", nameof(width), width);
            return new LayerWeights(value, "embedding", name).Normal("weight", random, 1, count, width).Gather(value);
        }

        /// <summary>x + <paramref name="branch"/>(x) (He et al., "Deep Residual Learning", 2015).</summary>
        /// <param name="branch">Makes a value of the same shape.</param>
        /// <exception cref="ModelTrainingException">MT3100: the shapes differ.</exception>
        public Value Residual(Func<Value, Value> branch)
        {
            ArgumentNullException.ThrowIfNull(branch);
            var made = branch(value);
            if (value.Shape is { } shape && made.Shape is { } other && !Shapes.MayEqual(shape, other)) throw Shapes.Mismatch("Residual", "are not the same", [value, made]);
            return value + made;
        }
    }
}
