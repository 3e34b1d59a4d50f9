namespace ModelTraining.Onnx;

/// <summary>Shapes of products of matrices.</summary>
internal static class ProductShapes
{
    public static void MatMul(NodeShapes node)
    {
        if (node.Inputs is [var a, var b]) node.Set(0, Emit.CommonType("MatMul", a, b), Shapes.MatMul(a, b));
    }

    public static void Gemm(NodeShapes node)
    {
        if (node[0] is not { } a || node[1] is not { } b) return;
        var (rows, columns) = (new Dimension(-1), new Dimension(-1));
        var (transA, transB) = (node.Node.Whole("transA", 0) != 0, node.Node.Whole("transB", 0) != 0);
        if (a.Shape is { } left && b.Shape is { } right)
        {
            if (left.Count != 2 || right.Count != 2) throw Shapes.Mismatch("Gemm", "are no matrices", [a, b]);
            if (!Shapes.TryEqual(left[transA ? 0 : 1], right[transB ? 1 : 0], out _)) throw Shapes.Mismatch("Gemm", "differ in the inner dimension", [a, b]);
            (rows, columns) = (left[transA ? 1 : 0], right[transB ? 0 : 1]);
        }

        node.Set(0, Emit.CommonType("Gemm", a, b), [rows, columns]);
    }

    /// <summary>Each index has the size that it has in an operand; the dimensions that "..." stands for are only counted.</summary>
    public static void Einsum(NodeShapes node)
    {
        if (node.Inputs is not { } inputs) return;
        var (operands, result) = EinsumEquation.Parse(node.Node.Word("equation", ""));
        if (operands.Length != inputs.Length || inputs.Any(input => input.Shape is null))
        {
            node.Set(0, inputs[0].Type, null);
            return;
        }

        var sizes = new Dictionary<char, Dimension>();
        var open = 0;
        foreach (var (term, input) in operands.Zip(inputs))
        {
            var shape = input.Shape!;
            var dots = term.IndexOf("...", StringComparison.Ordinal);
            var letters = dots < 0 ? term : term.Remove(dots, 3);
            var extra = shape.Count - letters.Length;
            if (extra < 0 || (dots < 0 && extra > 0)) throw Shapes.Mismatch("Einsum", $"do not have the indices of '{node.Node.Word("equation", "")}'", inputs);
            open = Math.Max(open, extra);
            for (var i = 0; i < letters.Length; i++)
            {
                var size = shape[dots >= 0 && i >= dots ? i + extra : i];
                if (!Shapes.TryEqual(sizes.GetValueOrDefault(letters[i], new Dimension(-1)), size, out var common)) throw Shapes.Mismatch("Einsum", $"differ in index '{letters[i]}' of '{node.Node.Word("equation", "")}'", inputs);
                sizes[letters[i]] = common;
            }
        }

        var at = result.IndexOf("...", StringComparison.Ordinal);
        var shown = at < 0 ? result : result.Remove(at, 3);
        List<Dimension> output = [.. shown.Select(index => sizes.GetValueOrDefault(index, new Dimension(-1)))];
        if (at >= 0) output.InsertRange(at, Enumerable.Repeat(new Dimension(-1), open));
        node.Set(0, inputs[0].Type, output);
    }
}
