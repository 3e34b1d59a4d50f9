using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Functions of one number.</summary>
internal static class ElementwiseScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        Function("Abs", "abs"), Function("Acos", "acos"), Function("Acosh", "acosh"), Function("Asin", "asin"), Function("Asinh", "asinh"),
        Function("Atan", "atan"), Function("Atanh", "atanh"), Function("Ceil", "ceil"), Function("Cos", "cos"), Function("Cosh", "cosh"),
        Function("Erf", "erf"), Function("Floor", "floor"), Function("HardSwish", "hardswish"), Function("IsNaN", "isnan"), Function("Mish", "mish"),
        Function("Neg", "neg"), Function("Not", "logical_not"), Function("Relu", "relu"), Function("Round", "round"), Function("Sigmoid", "sigmoid"),
        Function("Sign", "sign"), Function("Sin", "sin"), Function("Sinh", "sinh"), Function("Sqrt", "sqrt"), Function("Tan", "tan"), Function("Tanh", "tanh"),
        Function("Exp", "exp", MixedPrecision.Full), Function("Log", "log", MixedPrecision.Full), Function("Reciprocal", "reciprocal", MixedPrecision.Full),
        new("Cast", node => Cast(node, (ElementType)node.Whole("to", 0))),
        new("CastLike", node => Cast(node, node.Type(1))),
        new("Celu", node => $"torch.celu({node.X(0)}, {Number(node.Number("alpha", 1))})"),
        new("Dropout", Dropout),
        new("Elu", node => $"torch.elu({node.X(0)}, {Number(node.Number("alpha", 1))})"),
        new("Gelu", node => $"torch.gelu({node.X(0)}, approximate='{node.Word("approximate", "none")}')"),
        new("HardSigmoid", node => $"torch.clamp({node.X(0)} * {Number(node.Number("alpha", 0.2f))} + {Number(node.Number("beta", 0.5f))}, 0.0, 1.0)"),
        new("Identity", node => node.X(0)),
        new("IsInf", IsInf),
        new("LeakyRelu", node => $"torch.leaky_relu({node.X(0)}, {Number(node.Number("alpha", 0.01f))})"),
        new("PRelu", PRelu),
        new("Selu", node => $"torch.elu({node.X(0)}, {Number(node.Number("alpha", 1.67326319217681884765625f))}, {Number(node.Number("gamma", 1.05070102214813232421875f))})"),
        new("Softplus", node => $"torch.softplus({node.X(0)})", MixedPrecision.Full),
        new("Softsign", Softsign),
        new("ThresholdedRelu", node => $"torch.threshold({node.X(0)}, {Number(node.Number("alpha", 1))}, 0.0)"),
    ];

    private static ScriptRule Function(string opType, string name, MixedPrecision precision = MixedPrecision.AsGiven) => new(opType, node => $"torch.{name}({node.X(0)})", precision);

    private static string Cast(ScriptNode node, ElementType type) =>
        $"{node.X(0)}.to({Code(type) ?? throw node.Gap($"to {type}", "Cast to a type of numbers or to Bool.")})";

    /// <summary>As the model is used; the training form has none.</summary>
    private static string Dropout(ScriptNode node)
    {
        if (node.Gives(1)) throw node.Gap("with its mask as an output", "Leave the second output out.");
        return node.X(0);
    }

    private static string IsInf(ScriptNode node)
    {
        var x = node.X(0);
        var (negative, positive) = (node.Whole("detect_negative", 1) != 0, node.Whole("detect_positive", 1) != 0);
        return (negative, positive) switch
        {
            (true, true) => $"torch.isinf({x})",
            (true, false) => $"torch.isneginf({x})",
            (false, true) => $"torch.isposinf({x})",
            _ => $"torch.zeros_like({x}, dtype={Code(ElementType.Bool)})",
        };
    }

    private static string PRelu(ScriptNode node)
    {
        var x = node.Let(node.X(0));
        return $"torch.where({x} < 0, {x} * {node.X(1)}, {x})";
    }

    private static string Softsign(ScriptNode node)
    {
        var x = node.Let(node.X(0));
        return $"{x} / (1.0 + torch.abs({x}))";
    }
}
