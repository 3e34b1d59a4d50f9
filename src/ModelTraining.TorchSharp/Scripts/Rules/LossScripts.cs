using ModelTraining.Onnx;
using static ModelTraining.Torch.ScriptText;

namespace ModelTraining.Torch;

/// <summary>Softmax, and losses of classes.</summary>
internal static class LossScripts
{
    private const int LastAxis = 13;

    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        new("Softmax", node => OverAxis(node, "softmax"), MixedPrecision.Full),
        new("LogSoftmax", node => OverAxis(node, "log_softmax"), MixedPrecision.Full),
        new("NegativeLogLikelihoodLoss", node => Likelihood(node, node.X(0)), MixedPrecision.Full),
        new("SoftmaxCrossEntropyLoss", CrossEntropy, MixedPrecision.Full),
    ];

    /// <summary>Before opset 13 over all axes from the one on.</summary>
    private static string OverAxis(ScriptNode node, string name)
    {
        if (node.Opset >= LastAxis) return $"torch.{name}({node.X(0)}, {node.Whole("axis", -1)})";
        var shape = node.Shape(0);
        var axis = node.Axis("axis", 1, shape.Length);
        if (axis == shape.Length - 1) return $"torch.{name}({node.X(0)}, {axis})";
        return $"torch.{name}({node.X(0)}.reshape({List([.. shape[..axis], -1])}), {axis}).reshape({List(shape)})";
    }

    private static string? CrossEntropy(ScriptNode node)
    {
        var logarithms = node.Let($"torch.log_softmax({node.X(0)}, 1)");
        if (node.Gives(1)) node.Set(1, logarithms);
        return Likelihood(node, logarithms);
    }

    private static string Likelihood(ScriptNode node, string logarithms)
    {
        var reduction = node.Word("reduction", "mean") switch { "none" => 0, "sum" => 2, _ => 1 };
        var target = node.Type(1) == ElementType.Int64 ? node.X(1) : $"{node.X(1)}.to({Code(ElementType.Int64)})";
        return $"torch.nll_loss_nd({logarithms}, {target}, {node.Optional(2)}, {reduction}, {node.Whole("ignore_index", -100)})";
    }
}
