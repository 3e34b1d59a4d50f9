namespace ModelTraining.Onnx;

/// <summary>Gradients of functions of one value, element by element.</summary>
internal static class ElementwiseRules
{
    private const double TwoBySqrtPi = 1.1283791670955126;

    public static void Abs(NodeGradient node) => node.Give(0, () => node.Gradient * Emit.Unary("Sign", node.Input()));

    public static void Cos(NodeGradient node) => node.Give(0, () => -(node.Gradient * node.Input().Sin()));

    public static void Erf(NodeGradient node) => node.Give(0, () => node.Gradient * ((-(node.Input() * node.Input())).Exp() * Emit.Scalar(node.Input(), TwoBySqrtPi)));

    public static void Exp(NodeGradient node) => node.Give(0, () => node.Gradient * node.Output());

    public static void Log(NodeGradient node) => node.Give(0, () => node.Gradient / node.Input());

    public static void Neg(NodeGradient node) => node.Give(0, () => -node.Gradient);

    public static void Reciprocal(NodeGradient node) => node.Give(0, () => -(node.Gradient * (node.Output() * node.Output())));

    public static void Sin(NodeGradient node) => node.Give(0, () => node.Gradient * node.Input().Cos());

    public static void Sqrt(NodeGradient node) => node.Give(0, () => node.Gradient * 0.5f / node.Output());
}
