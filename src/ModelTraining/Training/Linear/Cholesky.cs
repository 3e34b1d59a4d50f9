namespace ModelTraining;

/// <summary>
/// The factor L of a symmetric matrix A = LLᵀ that has no negative eigenvalue. A column that is, to rounding, a linear combination of those before it is left
/// out: its solution is 0, as if it were not there.
/// </summary>
internal sealed class Cholesky
{
    /// <summary>
    /// The share of a column's own square that must remain after the columns before it: single-precision values leave about 10⁻¹⁴ of what is truly none.
    /// </summary>
    private const double LeastShare = 1e-12;

    private readonly double[] _factor;
    private readonly int _size;
    private readonly int _threads;

    /// <param name="matrix">Row-major; becomes the factor.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="isOut">Columns to leave out from the start.</param>
    /// <param name="threads">How many threads to use at most.</param>
    public Cholesky(double[] matrix, int size, Func<int, bool> isOut, int threads)
    {
        (_factor, _size, _threads, IsOut) = (matrix, size, threads, new bool[size]);
        for (var column = 0; column < size; column++)
        {
            var own = Row(column);
            var square = own[column];
            var pivot = square - Vectors.Dot(own[..column], own[..column]);
            IsOut[column] = isOut(column) || !(pivot > LeastShare * square);
            own[column] = IsOut[column] ? 0 : Math.Sqrt(pivot);
            var current = column;
            // Rows below are independent of each other; few are not worth other threads.
            ColumnLoop.Run(size - column - 1, (long)(size - column) * column > 100_000 ? threads : 1, below =>
            {
                var row = Row(current + 1 + below);
                row[current] = IsOut[current] ? 0 : (row[current] - Vectors.Dot(row[..current], Row(current)[..current])) / Row(current)[current];
            });
        }
    }

    /// <summary>The columns that were left out.</summary>
    public bool[] IsOut { get; }

    /// <summary>x of Ax = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var x = Forward(right, 0);
        for (var i = _size - 1; i >= 0; i--)
        {
            x[i] = IsOut[i] ? 0 : x[i] / Row(i)[i];
            Vectors.AddScaled(Row(i)[..i], -x[i], x);
        }

        return x;
    }

    /// <summary>The diagonal of A⁻¹; 0 where a column was left out.</summary>
    public double[] InverseDiagonal()
    {
        var diagonal = new double[_size];
        ColumnLoop.Run(_size, _size > 100 ? _threads : 1, column =>
        {
            if (IsOut[column]) return;
            var unit = new double[_size];
            unit[column] = 1;
            var solved = Forward(unit, column);
            diagonal[column] = Vectors.Dot(solved, solved);
        });
        return diagonal;
    }

    /// <summary>vᵀA⁻¹v.</summary>
    public double InverseQuadratic(ReadOnlySpan<double> vector)
    {
        var solved = Forward(vector, 0);
        return Vectors.Dot(solved, solved);
    }

    private Span<double> Row(int row) => _factor.AsSpan(row * _size, _size);

    /// <summary>y of Ly = b, whose entries before <paramref name="first"/> are 0.</summary>
    private double[] Forward(ReadOnlySpan<double> right, int first)
    {
        var y = right.ToArray();
        for (var i = first; i < _size; i++) y[i] = IsOut[i] ? 0 : (y[i] - Vectors.Dot(Row(i)[first..i], y.AsSpan(first, i - first))) / Row(i)[i];
        return y;
    }
}
