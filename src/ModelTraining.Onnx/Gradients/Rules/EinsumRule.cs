namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of Einsum towards an operand is an Einsum of the output's gradient and the other operands, with the operand's indices as the result's.
/// </summary>
internal static class EinsumRule
{
    public static void Apply(NodeGradient node)
    {
        var (operands, result) = EinsumEquation.Parse(node.Word("equation", ""));
        for (var i = 0; i < operands.Length; i++)
        {
            var k = i;
            node.Give(i, () => Towards(node, operands, result, k));
        }
    }

    private static Value Towards(NodeGradient node, string[] operands, string result, int k)
    {
        var others = Enumerable.Range(0, operands.Length).Where(i => i != k).ToList();
        var given = result + string.Concat(others.Select(i => operands[i]));
        var own = operands[k].Replace("...", "", StringComparison.Ordinal);
        if (operands.Append(result).Any(term => term.Replace("...", "", StringComparison.Ordinal) is var letters && letters.Distinct().Count() != letters.Length))
        {
            throw node.Unsupported("for an index that stands twice in one operand", "Take the diagonal by other operators.");
        }

        if (own.FirstOrDefault(letter => !given.Contains(letter)) is var lone && lone != default)
        {
            throw node.Unsupported($"for the index '{lone}', which one operand has alone", "Sum over it by ReduceSum before.");
        }

        if (operands.Append(result).Any(term => term.Contains("...", StringComparison.Ordinal)) && operands.Select((_, i) => node.Ranked(node.Input(i)).Count).Append(node.Ranked(node.Output()).Count).Distinct().Count() > 1)
        {
            throw node.Unsupported("for '...' that stands for different dimensions", "Name all indices.");
        }

        var equation = string.Join(',', others.Select(i => operands[i]).Prepend(result)) + "->" + operands[k];
        return node.Graph.Add("Einsum", [node.Gradient, .. others.Select(i => node.Input(i))], node.Input(k).Type, node.Input(k).Shape, [("equation", equation)]);
    }
}
