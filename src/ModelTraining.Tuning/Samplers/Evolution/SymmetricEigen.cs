namespace ModelTraining;

/// <summary>A covariance as directions and lengths, by Jacobi's rotations.</summary>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 50;
    private const double Least = 1e-14;
    private readonly double[,] _vectors;
    private readonly double[] _lengths;

    private SymmetricEigen(double[,] vectors, double[] lengths) => (_vectors, _lengths) = (vectors, lengths);

    public static SymmetricEigen Of(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var (a, vectors) = ((double[,])matrix.Clone(), new double[size, size]);
        for (var i = 0; i < size; i++) vectors[i, i] = 1;
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            var (off, on) = (0.0, 0.0);
            for (var i = 0; i < size; i++) for (var j = 0; j <= i; j++) _ = i == j ? on += a[i, i] * a[i, i] : off += a[i, j] * a[i, j];
            if (off <= Least * Least * on) break;
            for (var p = 0; p < size; p++) for (var q = p + 1; q < size; q++) Rotate(a, vectors, p, q);
        }

        var lengths = new double[size];
        for (var i = 0; i < size; i++) lengths[i] = Math.Sqrt(Math.Max(a[i, i], Least));
        return new SymmetricEigen(vectors, lengths);
    }

    /// <summary>A draw of independent numbers as a draw of this covariance.</summary>
    public double[] Scale(double[] independent)
    {
        var result = new double[_lengths.Length];
        for (var i = 0; i < result.Length; i++) for (var j = 0; j < result.Length; j++) result[i] += _vectors[i, j] * _lengths[j] * independent[j];
        return result;
    }

    /// <summary>Times the inverse of the covariance's symmetric root.</summary>
    public double[] Whiten(double[] vector)
    {
        var result = new double[_lengths.Length];
        for (var j = 0; j < result.Length; j++)
        {
            var along = 0.0;
            for (var i = 0; i < result.Length; i++) along += _vectors[i, j] * vector[i];
            for (var i = 0; i < result.Length; i++) result[i] += _vectors[i, j] * along / _lengths[j];
        }

        return result;
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        var size = a.GetLength(0);
        for (var k = 0; k < size; k++) (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (var k = 0; k < size; k++) (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        for (var k = 0; k < size; k++) (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
    }
}
