namespace ModelTraining.Onnx;

/// <summary>Gradients of activations. Where an output says as much as an input, the output is used: then the input need not be kept.</summary>
internal static class ActivationRules
{
    // Defaults of the ONNX specification; Selu's are rounded to float there.
    private const float SeluAlpha = 1.67326319217681884765625f;
    private const float SeluGamma = 1.05070102214813232421875f;

    public static void Relu(NodeGradient node) => node.Give(0, () => TrainingKernels.Take(node.Gradient)
        ? TrainingKernels.Add(TrainingKernels.ReluGradient, node.Output(), node.Gradient, node.Output())
        : node.Gradient * Positive(node.Output()).Cast(node.Output().Type));

    public static void ThresholdedRelu(NodeGradient node) => node.Give(0, () => node.Gradient * node.Input().Greater(Emit.Scalar(node.Input(), (double)node.Number("alpha", 1))).Cast(node.Input().Type));

    public static void LeakyRelu(NodeGradient node) => node.Give(0, () => Negative(node.Input()).Where(node.Gradient * node.Number("alpha", 0.01f), node.Gradient));

    public static void PRelu(NodeGradient node)
    {
        node.Give(0, () => Negative(node.Input()).Where(node.Gradient * node.Input(1), node.Gradient));
        node.GiveSummed(1, () => node.Gradient * node.Input().Min(Emit.Scalar(node.Input(), 0.0)));
    }

    public static void Elu(NodeGradient node) => node.Give(0, () => Negative(node.Output()).Where(node.Gradient * (node.Output() + node.Number("alpha", 1)), node.Gradient));

    public static void Selu(NodeGradient node) => node.Give(0, () =>
    {
        var (alpha, gamma) = (node.Number("alpha", SeluAlpha), node.Number("gamma", SeluGamma));
        return node.Gradient * Negative(node.Output()).Where(node.Output() + (alpha * gamma), Emit.Scalar(node.Output(), (double)gamma));
    });

    public static void Celu(NodeGradient node) => node.Give(0, () =>
        Negative(node.Output()).Where(node.Gradient * ((node.Output() * (1 / node.Number("alpha", 1))) + 1f), node.Gradient));

    public static void HardSigmoid(NodeGradient node) => node.Give(0, () =>
    {
        var y = node.Output();
        return node.Gradient * (Positive(y).And(y.Less(Emit.Scalar(y, 1.0))).Cast(y.Type) * node.Number("alpha", 0.2f));
    });

    public static void HardSwish(NodeGradient node) => node.Give(0, () =>
    {
        var x = node.Input();
        var inside = x.Abs().Less(Emit.Scalar(x, 3.0));
        return node.Gradient * inside.Where((x * Emit.Scalar(x, 1.0 / 3)) + 0.5f, Positive(x).Cast(x.Type));
    });

    public static void Sigmoid(NodeGradient node) => node.Give(0, () => node.Gradient * (node.Output() * (1f - node.Output())));

    public static void Tanh(NodeGradient node) => node.Give(0, () => node.Gradient * (1f - (node.Output() * node.Output())));

    public static void Softplus(NodeGradient node) => node.Give(0, () => node.Gradient * node.Input().Sigmoid());

    public static void Softsign(NodeGradient node) => node.Give(0, () =>
    {
        var scale = node.Input().Abs() + 1f;
        return node.Gradient / (scale * scale);
    });

    /// <summary>x·Φ(x), or its approximation by tanh (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016).</summary>
    public static void Gelu(NodeGradient node) => node.Give(0, () =>
    {
        var x = node.Input();
        if (node.Word("approximate", "none") == "tanh")
        {
            var square = x * x;
            var tanh = (x * ((square * Emit.Scalar(x, 0.044715 * 0.7978845608028654)) + Emit.Scalar(x, 0.7978845608028654))).Tanh();
            var inner = (square * Emit.Scalar(x, 3 * 0.044715 * 0.7978845608028654)) + Emit.Scalar(x, 0.7978845608028654);
            return node.Gradient * (((tanh + 1f) * 0.5f) + (x * 0.5f * (1f - (tanh * tanh)) * inner));
        }

        if (TrainingKernels.Take(x)) return TrainingKernels.Add(TrainingKernels.GeluGradient, x, node.Gradient, x);
        var distribution = ((x * Emit.Scalar(x, 0.7071067811865476)).Erf() + 1f) * 0.5f;
        var density = (x * x * -0.5f).Exp() * Emit.Scalar(x, 0.3989422804014327);
        return node.Gradient * (distribution + (x * density));
    });

    /// <summary>x·tanh(ln(1 + e^x)) (Misra, "Mish", 2019).</summary>
    public static void Mish(NodeGradient node) => node.Give(0, () =>
    {
        var x = node.Input();
        var tanh = Emit.Unary("Softplus", x).Tanh();
        return node.Gradient * (tanh + (x * x.Sigmoid() * (1f - (tanh * tanh))));
    });

    private static Value Positive(Value value) => value.Greater(Emit.Scalar(value, 0.0));

    private static Value Negative(Value value) => value.Less(Emit.Scalar(value, 0.0));
}
