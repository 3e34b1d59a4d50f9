namespace ModelTraining;

/// <summary>The lower factor of a symmetric, positive definite matrix, row after row.</summary>
internal static class CholeskyFactor
{
    /// <summary>Replaces the lower half of a matrix by its factor. False where it has none.</summary>
    public static bool Decompose(double[] matrix, int size)
    {
        for (var row = 0; row < size; row++)
        {
            var own = matrix.AsSpan(row * size, row + 1);
            for (var column = 0; column <= row; column++)
            {
                var other = matrix.AsSpan(column * size, column + 1);
                var sum = own[column];
                for (var i = 0; i < column; i++) sum -= own[i] * other[i];
                if (column < row)
                {
                    own[column] = sum / other[column];
                    continue;
                }

                if (!(sum > 1e-12)) return false;
                own[row] = Math.Sqrt(sum);
            }
        }

        return true;
    }

    /// <summary>Solves factor · x = right in place.</summary>
    public static void SolveLower(double[] factor, Span<double> right)
    {
        var size = right.Length;
        for (var row = 0; row < size; row++)
        {
            var own = factor.AsSpan(row * size, row + 1);
            var sum = right[row];
            for (var i = 0; i < row; i++) sum -= own[i] * right[i];
            right[row] = sum / own[row];
        }
    }

    /// <summary>Solves factor · factorᵀ · x = right in place.</summary>
    public static void Solve(double[] factor, Span<double> right)
    {
        SolveLower(factor, right);
        SolveUpper(factor, right);
    }

    /// <summary>Solves factorᵀ · x = right in place.</summary>
    public static void SolveUpper(double[] factor, Span<double> right)
    {
        var size = right.Length;
        for (var row = size - 1; row >= 0; row--)
        {
            var own = factor.AsSpan(row * size, row + 1);
            right[row] /= own[row];
            for (var i = 0; i < row; i++) right[i] -= own[i] * right[row];
        }
    }
}
