namespace ModelTraining;

/// <summary>The standard errors of logistic regression, from the inverse Hessian of loss and penalty.</summary>
internal static class LogisticErrors
{
    /// <summary>The Hessian has the square of this many entries.</summary>
    public const int MostParameters = 2000;

    /// <returns>Errors of [outputs, features] and of the intercepts; NaN where a coefficient is not determined.</returns>
    public static (double[] OfCoefficients, double[] OfIntercepts) Of(DesignMatrix design, LogisticLoss loss, double[] parameters, double l2, bool intercept, int threads, CancellationToken cancellationToken)
    {
        var (outputs, features, width) = (loss.Outputs, design.Features, design.Features + 1);
        var size = outputs * width;
        var hessian = Hessian(design, loss, parameters, threads, cancellationToken);
        // Adding the same to all classes changes no probability. Those directions get a curvature of their own, whose share is taken out again.
        var shared = new double[width];
        for (var i = 0; i < width; i++)
        {
            if (outputs > 1) shared[i] = Enumerable.Range(0, outputs).Sum(output => hessian[((((long)output * width) + i) * size) + (output * width) + i]) / outputs;
            for (var k = 0; k < outputs; k++)
            {
                for (var l = 0; l < outputs; l++) hessian[((((long)k * width) + i) * size) + (l * width) + i] += shared[i] / outputs;
                if (i < features) hessian[((((long)k * width) + i) * size) + (k * width) + i] += l2;
            }
        }

        var factor = new Cholesky(hessian, size, i => i % width == features ? !intercept : design.IsConstant(i % width), threads);
        var inverse = factor.InverseDiagonal();
        var (ofCoefficients, ofIntercepts) = (new double[outputs * features], new double[outputs]);
        for (var output = 0; output < outputs; output++)
        {
            for (var i = 0; i < features; i++)
            {
                var at = (output * width) + i;
                ofCoefficients[(output * features) + i] = factor.IsOut[at] ? double.NaN : Math.Sqrt(Math.Max(0, inverse[at] - Share(i)));
            }

            // The intercept of features as they are is that of centred ones less what the centres come to.
            var combination = new double[size];
            for (var i = 0; i < features; i++) combination[(output * width) + i] = -design.Centres[i];
            combination[(output * width) + features] = 1;
            var variance = factor.InverseQuadratic(combination);
            for (var i = 0; i < width; i++) variance -= Share(i) * (i == features ? 1 : design.Centres[i] * design.Centres[i]);
            ofIntercepts[output] = intercept ? Math.Sqrt(Math.Max(0, variance)) : double.NaN;
        }

        return (ofCoefficients, ofIntercepts);

        double Share(int i) => outputs == 1 || shared[i] == 0 ? 0 : 1 / (outputs * (shared[i] + (i < features ? l2 : 0)));
    }

    /// <summary>Of the loss alone, by all features and the intercepts of centred ones.</summary>
    private static double[] Hessian(DesignMatrix design, LogisticLoss loss, double[] parameters, int threads, CancellationToken cancellationToken)
    {
        var (outputs, width) = (loss.Outputs, design.Features + 1);
        var size = outputs * width;
        var hessian = new double[(long)size * size];
        var (ones, weights) = (new double[design.Rows], new double[design.Rows]);
        Array.Fill(ones, 1);
        var probabilities = loss.Probabilities(parameters);
        for (var k = 0; k < outputs; k++)
        {
            for (var l = 0; l <= k; l++)
            {
                for (var row = 0; row < weights.Length; row++) weights[row] = design.Weights[row] * probabilities[k][row] * ((k == l ? 1 : 0) - probabilities[l][row]);
                var block = GramMatrix.Of(design, weights, ones, threads, cancellationToken);
                for (var i = 0; i < width; i++)
                {
                    Array.Copy(block, (long)i * width, hessian, ((((long)k * width) + i) * size) + (l * width), width);
                    if (k != l) Array.Copy(block, (long)i * width, hessian, ((((long)l * width) + i) * size) + (k * width), width);
                }
            }
        }

        return hessian;
    }
}
