namespace ModelTraining.Onnx;

/// <summary>Activations beyond those of <see cref="MathOperators"/>, element by element.</summary>
public static class ActivationLayers
{
    /// <param name="value">What the function is of.</param>
    extension(Value value)
    {
        /// <summary>x, or <paramref name="alpha"/>·x where x is negative (Maas et al., 2013).</summary>
        public Value LeakyRelu(float alpha = 0.01f) => Emit.Unary("LeakyRelu", value, ("alpha", alpha));

        /// <summary>x, or <paramref name="alpha"/>·(e^x − 1) where x is negative (Clevert et al., 2015).</summary>
        public Value Elu(float alpha = 1) => Emit.Unary("Elu", value, ("alpha", alpha));

        /// <summary>Elu, scaled so that mean and deviation keep themselves (Klambauer et al., 2017).</summary>
        public Value Selu() => Emit.Unary("Selu", value);

        /// <summary>x·Φ(x), with Φ the normal distribution (Hendrycks and Gimpel, 2016).</summary>
        public Value Gelu() => value * 0.5f * ((value * Emit.Scalar(value, 0.7071067811865476)).Erf() + 1f);

        /// <summary>x · sigmoid(x), also called swish (Ramachandran et al., 2017).</summary>
        public Value Silu() => value * value.Sigmoid();

        /// <summary>x · tanh(ln(1 + e^x)) (Misra, 2019).</summary>
        public Value Mish() => value * value.Softplus().Tanh();

        /// <summary>ln(1 + e^x).</summary>
        public Value Softplus() => Emit.Unary("Softplus", value);

        /// <summary>x · min(max(x/6 + ½, 0), 1) (Howard et al., "Searching for MobileNetV3", 2019).</summary>
        public Value HardSwish() => value * Emit.Unary("HardSigmoid", value, ("alpha", 1f / 6), ("beta", 0.5f));

        /// <summary>The logarithm of Softmax along the last dimension, computed without loss of small probabilities.</summary>
        public Value LogSoftmax() => Emit.Unary("LogSoftmax", value, ("axis", value.Shape is { } shape && !Emit.Since(value, 13) ? shape.Count - 1L : -1L));
    }
}
