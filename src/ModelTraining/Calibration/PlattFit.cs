namespace ModelTraining;

/// <summary>
/// Fits a sigmoid to what came true: Platt's targets by the Newton method with backtracking of Lin, Lin and Weng ("A note on Platt's probabilistic outputs for support
/// vector machines", 2007). Weights are taken per mean weight, so that their unit does not matter.
/// </summary>
internal static class PlattFit
{
    private const int MostSteps = 100;
    private const double LeastStep = 1e-10;
    private const double Flat = 1e-10;
    private const double Ridge = 1e-12; // keeps the Hessian invertible

    /// <returns>A and B of 1 / (1 + e^(A·score + B)).</returns>
    public static (double A, double B) Fit(ReadOnlySpan<double> scores, ReadOnlySpan<bool> hits, ReadOnlySpan<float> weights)
    {
        var scaled = Scaled(weights, scores.Length);
        double positives = 0, negatives = 0;
        for (var i = 0; i < hits.Length; i++)
        {
            if (hits[i]) positives += scaled[i];
            else negatives += scaled[i];
        }

        var targets = new double[hits.Length];
        for (var i = 0; i < targets.Length; i++) targets[i] = hits[i] ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
        var (a, b) = (0.0, Math.Log((negatives + 1) / (positives + 1)));
        var loss = Loss(scores, targets, scaled, a, b);
        for (var step = 0; step < MostSteps; step++)
        {
            double gradientA = 0, gradientB = 0, aa = Ridge, bb = Ridge, ab = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                var p = Sigmoid(a * scores[i] + b);
                var slope = scaled[i] * (targets[i] - p);
                var curvature = scaled[i] * p * (1 - p);
                gradientA += scores[i] * slope;
                gradientB += slope;
                aa += scores[i] * scores[i] * curvature;
                bb += curvature;
                ab += scores[i] * curvature;
            }

            if (Math.Abs(gradientA) < Flat && Math.Abs(gradientB) < Flat) break;
            var determinant = aa * bb - ab * ab;
            var stepA = -(bb * gradientA - ab * gradientB) / determinant;
            var stepB = -(aa * gradientB - ab * gradientA) / determinant;
            var descent = gradientA * stepA + gradientB * stepB;
            var length = 1.0;
            for (; length >= LeastStep; length /= 2)
            {
                var next = Loss(scores, targets, scaled, a + length * stepA, b + length * stepB);
                if (!(next < loss + 1e-4 * length * descent)) continue;
                (a, b, loss) = (a + length * stepA, b + length * stepB, next);
                break;
            }

            if (length < LeastStep) break;
        }

        return (a, b);
    }

    /// <summary>1 / (1 + e^x), without infinities on the way.</summary>
    private static double Sigmoid(double x) => x >= 0 ? Math.Exp(-x) / (1 + Math.Exp(-x)) : 1 / (1 + Math.Exp(x));

    private static double Loss(ReadOnlySpan<double> scores, double[] targets, double[] weights, double a, double b)
    {
        var loss = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var x = a * scores[i] + b;
            loss += weights[i] * (x >= 0 ? targets[i] * x + Math.Log(1 + Math.Exp(-x)) : (targets[i] - 1) * x + Math.Log(1 + Math.Exp(x)));
        }

        return loss;
    }

    private static double[] Scaled(ReadOnlySpan<float> weights, int count)
    {
        var scaled = new double[count];
        double sum = 0, some = 0;
        foreach (var weight in weights)
        {
            sum += weight;
            if (weight > 0) some++;
        }

        for (var i = 0; i < count; i++) scaled[i] = weights.IsEmpty ? 1 : weights[i] * some / sum;
        return scaled;
    }
}
