using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>The operators that the backend runs, each with the TorchScript that it becomes. Gradients are libtorch's own.</summary>
internal static class ScriptRules
{
    /// <summary>One row an operator.</summary>
    public static IReadOnlyList<ScriptRule> All { get; } =
    [
        .. ElementwiseScripts.All, .. ArithmeticScripts.All, .. LinearScripts.All, .. ConvolutionScripts.All, .. PoolScripts.All, .. NormalizationScripts.All,
        .. ReductionScripts.All, .. ShapingScripts.All, .. GatherScripts.All, .. ScatterScripts.All, .. LossScripts.All, .. RecurrentScripts.All, .. BranchScripts.All, .. FusedScripts.All,
    ];

    private static readonly Dictionary<(string Domain, string OpType), ScriptRule> ByOperator = All.ToDictionary(rule => (rule.Domain, rule.OpType));

    /// <summary>The rule of a node's operator; null where there is none.</summary>
    public static ScriptRule? Find(Node node) => ByOperator.GetValueOrDefault((node.Domain, node.OpType));
}
