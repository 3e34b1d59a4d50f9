namespace ModelTraining;

/// <summary>How unlikely observations are, given the logarithms of the kernel's settings: a length scale for each parameter, then amplitude, then noise. With the prior, and with derivatives.</summary>
internal sealed class MarginalLikelihood(SpaceEmbedding embedding, List<double[]> points, double[] values)
{
    // Length scales beyond some tenths and tens of a range lose, whichever way; so do an amplitude far from 1 and a noise beyond a tenth. Wider priors leave the process undecided with few trials.
    private const double ScaleWeight = 0.1, AmplitudeShape = 1, AmplitudeRate = 1, NoiseShape = 0.1, NoiseRate = 30;
    private const double LeastNoise = 1e-8; // what is searched for down to the last digits is lost in more

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
        if (Factor(logs) is not { } factor) return double.PositiveInfinity;
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

        for (var i = 0; i < embedding.ParameterCount; i++)
        {
            var inverseSquare = Math.Exp(-2 * logs[i]);
            result += ScaleWeight * ((1 / inverseSquare) + inverseSquare);
            gradient[i] += 2 * ScaleWeight * ((1 / inverseSquare) - inverseSquare);
        }

        result += (AmplitudeRate * amplitude) - (AmplitudeShape * logs[^2]) + (NoiseRate * noise) - (NoiseShape * logs[^1]);
        gradient[^2] += (AmplitudeRate * amplitude) - AmplitudeShape;
        gradient[^1] += (NoiseRate * noise) - NoiseShape;
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
