using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Functions of several numbers, which are broadcast, and comparisons.</summary>
internal static class ArithmeticScripts
{
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        Operator("Add", "+"), Operator("Sub", "-"), Operator("Mul", "*"),
        new("Div", node => IsWhole(node) ? $"torch.div({node.X(0)}, {node.X(1)}, rounding_mode='trunc')" : $"{node.X(0)} / {node.X(1)}"),
        new("Mod", node => $"torch.{(node.Whole("fmod", 0) != 0 ? "fmod" : "remainder")}({node.X(0)}, {node.X(1)})"),
        new("Pow", node => $"torch.pow({node.X(0)}, {node.X(1)}).to({Code(node.OutputType())})", MixedPrecision.Full),
        new("Clip", Clip),
        new("Max", node => Chained(node, "maximum")),
        new("Min", node => Chained(node, "minimum")),
        new("Sum", node => string.Join(" + ", node.All())),
        new("Mean", node => $"({string.Join(" + ", node.All())}) / {Number((double)node.InputCount)}"),
        new("Where", node => $"torch.where({node.X(0)}, {node.X(1)}, {node.X(2)})"),
        Operator("Equal", "=="), Operator("Greater", ">"), Operator("GreaterOrEqual", ">="), Operator("Less", "<"), Operator("LessOrEqual", "<="),
        Function("And", "logical_and"), Function("Or", "logical_or"), Function("Xor", "logical_xor"),
    ];

    private static ScriptRule Operator(string opType, string sign) => new(opType, node => $"{node.X(0)} {sign} {node.X(1)}");

    private static ScriptRule Function(string opType, string name) => new(opType, node => $"torch.{name}({node.X(0)}, {node.X(1)})");

    private static bool IsWhole(ScriptNode node) => node.OutputType() is not (ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16);

    private static string Chained(ScriptNode node, string name) => node.All().Aggregate((all, next) => $"torch.{name}({all}, {next})");

    /// <summary>A bound that is computed is a tensor, so that a gradient reaches it; libtorch takes two numbers or two tensors.</summary>
    private static string Clip(ScriptNode node)
    {
        var (low, high) = (Known(node, 1, "min"), Known(node, 2, "max"));
        var x = node.X(0);
        if (low == "None" && high == "None") return x;
        return low is not null && high is not null ? $"torch.clamp({x}, {low}, {high})" : $"torch.clamp({x}, {node.Optional(1)}, {node.Optional(2)})";
    }

    /// <summary>A bound as a number; null where it is computed.</summary>
    private static string? Known(ScriptNode node, int input, string attribute)
    {
        if (node.Node.Attributes.TryGetValue(attribute, out var old)) return Number((float)old);
        if (!node.Has(input)) return "None";
        return ConstantValues.Number(node.Constant(input)) is { } number ? Number(number) : null;
    }
}
