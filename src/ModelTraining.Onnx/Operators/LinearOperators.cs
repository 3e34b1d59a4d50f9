namespace ModelTraining.Onnx;

/// <summary>Products of matrices.</summary>
public static class LinearOperators
{
    /// <param name="value">The left operand.</param>
    extension(Value value)
    {
        /// <summary>The matrix product over the last two dimensions: [..., n, k] by [..., k, m] is [..., n, m]; the leading ones broadcast.</summary>
        /// <exception cref="ModelTrainingException">MT3100: the inner sizes differ. MT3101: the types do.</exception>
        public Value MatMul(Value other) => value.Graph.Add("MatMul", [value, other], Emit.CommonType("MatMul", value, other), Shapes.MatMul(value, other));

        /// <summary>x · weight + bias of matrices: [n, k] by [k, m] is [n, m]; with <paramref name="transposeWeight"/> the weight is [m, k]. The bias broadcasts.</summary>
        /// <exception cref="ModelTrainingException">MT3100: the shapes do not fit. MT3101: the types do not.</exception>
        public Value Gemm(Value weight, Value? bias = null, bool transposeWeight = false)
        {
            var type = Emit.CommonType("Gemm", value, weight);
            var (rows, columns) = (new Dimension(-1), new Dimension(-1));
            if (value.Shape is { } left && weight.Shape is { } right)
            {
                if (left.Count != 2 || right.Count != 2) throw Shapes.Mismatch("Gemm", "are no matrices", [value, weight]);
                if (!Shapes.TryEqual(left[1], right[transposeWeight ? 1 : 0], out _)) throw Shapes.Mismatch("Gemm", "differ in the inner dimension", [value, weight]);
                (rows, columns) = (left[0], right[transposeWeight ? 0 : 1]);
                if (bias?.Shape is { Count: > 0 } last && last[^1] is { IsKnown: true, Size: not 1 } size && !Shapes.TryEqual(size, columns, out _)) throw Shapes.Mismatch("Gemm", "do not fit the bias", [value, weight, bias]);
            }

            if (bias is not null) Emit.CommonType("Gemm", weight, bias);
            return value.Graph.Add("Gemm", bias is null ? [value, weight] : [value, weight, bias], type, [rows, columns], transposeWeight ? [("transB", 1L)] : null);
        }
    }
}
