namespace ModelTraining;

/// <summary>Finds the λ of a power transform under which values look most like those of a normal distribution.</summary>
internal static class PowerLikelihood
{
    private const double Lowest = -5, Highest = 5, Precision = 1e-8;

    /// <summary>The values that are neither missing nor infinite.</summary>
    public static float[] Finite(float[] values) => Array.TrueForAll(values, float.IsFinite) ? values : Array.FindAll(values, float.IsFinite);

    /// <summary>The λ of the greatest likelihood, by golden-section search; 1, which changes nothing, for fewer than two distinct values.</summary>
    /// <param name="values">The values, all finite.</param>
    /// <param name="transform">The transform of a value with a λ.</param>
    /// <param name="logDerivative">The logarithm of the transform's derivative, divided by λ − 1.</param>
    public static double Maximize(float[] values, Func<double, double, double> transform, Func<double, double> logDerivative)
    {
        if (!values.AsSpan().ContainsAnyExcept(values.Length > 0 ? values[0] : 0)) return 1;
        var slope = 0.0;
        foreach (var value in values) slope += logDerivative(value);
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Lowest, Highest);
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (atLeft, atRight) = (Likelihood(left), Likelihood(right));
        while (high - low > Precision)
        {
            // Where both overflow, the way out is towards 1, where nothing does.
            if (atLeft > atRight || (atLeft == atRight && Math.Abs(left - 1) < Math.Abs(right - 1)))
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = Likelihood(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = Likelihood(right);
            }
        }

        return (low + high) / 2;

        double Likelihood(double lambda)
        {
            var (mean, squares, count) = (0.0, 0.0, 0);
            foreach (var value in values)
            {
                var transformed = transform(value, lambda);
                var difference = transformed - mean;
                mean += difference / ++count;
                squares += difference * (transformed - mean);
            }

            var likelihood = (lambda - 1) * slope - count / 2.0 * Math.Log(squares / count);
            return double.IsFinite(likelihood) ? likelihood : double.NegativeInfinity;
        }
    }
}
