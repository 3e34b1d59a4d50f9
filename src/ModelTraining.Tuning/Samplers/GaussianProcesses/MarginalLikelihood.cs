namespace ModelTraining;

/// <summary>How unlikely observations are, given the logarithms of the kernel's settings: a length scale for each parameter, then amplitude, then noise. With the prior, and with derivatives.</summary>
internal sealed class MarginalLikelihood(SpaceEmbedding embedding, List<double[]> points, double[] values)
{
    private const double NoiseMean = -6, NoiseDeviation = 2, ScaleDeviation = 1.7320508;
    private const double LeastNoise = 1e-6;
    private readonly double _scaleMean = Math.Sqrt(2) + (0.5 * Math.Log(embedding.ParameterCount));

    /// <summary>What a coordinate's squared difference counts.</summary>
    public static double[] Weights(SpaceEmbedding embedding, double[] logs) => Array.ConvertAll(embedding.ParameterOf, parameter => 5 * Math.Exp(-2 * logs[parameter]));

    public static double Kernel(double[] a, double[] b, double[] weights, double amplitude)
    {
        var square = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            square += difference * difference * weights[i];
        }

        var distance = Math.Sqrt(square);
        return amplitude * Math.Exp(-distance) * (1 + distance + (square / 3));
    }

    /// <summary>The factor of the covariance; null where rounding leaves it none.</summary>
    public double[]? Factor(double[] logs)
    {
        var size = points.Count;
        var matrix = new double[size * size];
        var (weights, amplitude, noise) = (Weights(embedding, logs), Math.Exp(logs[^2]), Math.Exp(logs[^1]));
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++) matrix[(row * size) + column] = Kernel(points[row], points[column], weights, amplitude);
            matrix[(row * size) + row] = amplitude + noise + LeastNoise;
        }

        return CholeskyFactor.Decompose(matrix, size) ? matrix : null;
    }

    /// <summary>The negative logarithm, and its derivatives.</summary>
    public double Of(double[] logs, double[] gradient)
    {
        Array.Clear(gradient);
        if (logs.Any(log => Math.Abs(log) > 30) || Factor(logs) is not { } factor) return double.PositiveInfinity;
        var size = points.Count;
        var alpha = (double[])values.Clone();
        CholeskyFactor.Solve(factor, alpha);
        var result = 0.0;
        for (var i = 0; i < size; i++) result += (0.5 * values[i] * alpha[i]) + Math.Log(factor[(i * size) + i]);

        var inverse = Inverse(factor, size);
        var (amplitude, noise) = (Math.Exp(logs[^2]), Math.Exp(logs[^1]));
        var scales = Array.ConvertAll(logs, log => 5 * Math.Exp(-2 * log));
        Span<double> squares = stackalloc double[embedding.ParameterCount];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++)
            {
                var slope = inverse[(row * size) + column] - (alpha[row] * alpha[column]); // twice a half, by symmetry
                var square = Squares(points[row], points[column], scales, squares);
                var distance = Math.Sqrt(square);
                var decay = amplitude * Math.Exp(-distance);
                gradient[^2] += slope * decay * (1 + distance + (square / 3));
                var common = slope * decay / 3 * (1 + distance);
                for (var i = 0; i < squares.Length; i++) gradient[i] += common * squares[i];
            }

            var own = 0.5 * (inverse[(row * size) + row] - (alpha[row] * alpha[row]));
            gradient[^2] += own * amplitude;
            gradient[^1] += own * noise;
        }

        for (var i = 0; i < logs.Length; i++)
        {
            var (mean, deviation) = i < embedding.ParameterCount ? (_scaleMean, ScaleDeviation) : i == logs.Length - 2 ? (0.0, 1.0) : (NoiseMean, NoiseDeviation);
            var z = (logs[i] - mean) / deviation;
            result += 0.5 * z * z;
            gradient[i] += z / deviation;
        }

        return result;
    }

    /// <summary>What each parameter has in the squared distance; the sum is the answer.</summary>
    private double Squares(double[] a, double[] b, double[] scales, Span<double> squares)
    {
        squares.Clear();
        for (var i = 0; i < a.Length; i++) squares[embedding.ParameterOf[i]] += (a[i] - b[i]) * (a[i] - b[i]);
        var sum = 0.0;
        for (var i = 0; i < squares.Length; i++) sum += squares[i] *= scales[i];
        return sum;
    }

    private static double[] Inverse(double[] factor, int size)
    {
        var inverse = new double[size * size];
        for (var row = 0; row < size; row++)
        {
            inverse[(row * size) + row] = 1;
            CholeskyFactor.Solve(factor, inverse.AsSpan(row * size, size));
        }

        return inverse;
    }
}
