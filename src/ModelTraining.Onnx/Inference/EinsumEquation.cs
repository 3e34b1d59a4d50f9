namespace ModelTraining.Onnx;

/// <summary>The equation of an Einsum: the indices of each operand and of the result.</summary>
internal static class EinsumEquation
{
    /// <summary>Without "->" the result has the indices that stand once, in alphabetical order.</summary>
    public static (string[] Operands, string Result) Parse(string equation)
    {
        equation = equation.Replace(" ", "", StringComparison.Ordinal);
        var arrow = equation.IndexOf("->", StringComparison.Ordinal);
        var operands = (arrow < 0 ? equation : equation[..arrow]).Split(',');
        if (arrow >= 0) return (operands, equation[(arrow + 2)..]);
        var letters = string.Concat(operands).Replace(".", "", StringComparison.Ordinal);
        var once = string.Concat(letters.Where(letter => letters.Count(other => other == letter) == 1).Order());
        return (operands, (equation.Contains("...", StringComparison.Ordinal) ? "..." : "") + once);
    }
}
