namespace ModelTraining;

/// <summary>
/// A Gaussian process with mean 0 and a Matérn 5/2 kernel (Rasmussen and Williams, "Gaussian Processes for Machine Learning", 2006). Its length scales, amplitude and noise maximise the marginal likelihood times a
/// prior against extremes.
/// </summary>
internal sealed class GaussianProcess
{
    private const double LargestLog = 30;
    private const double LeastVariance = 1e-12;
    private readonly SpaceEmbedding _embedding;
    private readonly List<double[]> _points;
    private readonly double[] _values;
    private readonly double[] _logs;
    private readonly double[] _factor;
    private readonly double[] _alpha;
    private readonly double[] _weights;

    private GaussianProcess(SpaceEmbedding embedding, List<double[]> points, double[] values, double[] logs)
    {
        (_embedding, _points, _values, _logs) = (embedding, points, values, logs);
        _factor = new MarginalLikelihood(embedding, points, values).Factor(logs) ?? throw new InvalidOperationException("The covariance is not positive definite."); // Minimize left it where it is
        _weights = MarginalLikelihood.Weights(embedding, logs);
        _alpha = (double[])values.Clone();
        CholeskyFactor.Solve(_factor, _alpha);
    }

    public static GaussianProcess Fit(SpaceEmbedding embedding, List<double[]> points, double[] values)
    {
        var likelihood = new MarginalLikelihood(embedding, points, values);
        var (best, least) = (Array.Empty<double>(), double.PositiveInfinity);
        foreach (var scale in (ReadOnlySpan<double>)[0.25, 1.0])
        {
            var start = new double[embedding.ParameterCount + 2];
            Array.Fill(start, Math.Log(scale));
            (start[^2], start[^1]) = (0, Math.Log(1e-3));
            var (found, value) = QuasiNewtonSearch.Minimize(likelihood.Of, start, -LargestLog, LargestLog, 2);
            if (value < least || best.Length == 0) (best, least) = (found, value);
        }

        return new GaussianProcess(embedding, points, values, best);
    }

    /// <summary>The same with trials that are at work, as if they had come to what is expected of them: so the next proposal is elsewhere (Ginsbourger et al., "kriging believer", 2010).</summary>
    public GaussianProcess With(List<double[]> pending)
    {
        if (pending.Count == 0) return this;
        var expected = pending.Select(point => Predict(point).Mean);
        return new GaussianProcess(_embedding, [.. _points, .. pending], [.. _values, .. expected], _logs);
    }

    /// <summary>What is expected at a point, and how far it may be off.</summary>
    public (double Mean, double Deviation) Predict(double[] point) => Predict(point, [], []);

    /// <summary>The same with the derivatives by the point's coordinates, unless the spans are empty.</summary>
    public (double Mean, double Deviation) Predict(double[] point, Span<double> meanSlope, Span<double> deviationSlope)
    {
        var covariances = new double[_points.Count];
        var (mean, amplitude) = (0.0, Math.Exp(_logs[^2]));
        for (var i = 0; i < covariances.Length; i++)
        {
            covariances[i] = MarginalLikelihood.Kernel(point, _points[i], _weights, amplitude);
            mean += covariances[i] * _alpha[i];
        }

        CholeskyFactor.SolveLower(_factor, covariances);
        var variance = amplitude;
        foreach (var covariance in covariances) variance -= covariance * covariance;
        var deviation = Math.Sqrt(Math.Max(variance, LeastVariance));
        if (meanSlope.IsEmpty) return (mean, deviation);

        meanSlope.Clear();
        deviationSlope.Clear();
        CholeskyFactor.SolveUpper(_factor, covariances);
        for (var i = 0; i < covariances.Length; i++)
        {
            var known = _points[i];
            var square = 0.0;
            for (var j = 0; j < point.Length; j++) square += (point[j] - known[j]) * (point[j] - known[j]) * _weights[j];
            var distance = Math.Sqrt(square);
            var common = -amplitude * Math.Exp(-distance) * (1 + distance) / 3;
            for (var j = 0; j < point.Length; j++)
            {
                var slope = common * _weights[j] * (point[j] - known[j]);
                meanSlope[j] += _alpha[i] * slope;
                if (variance > LeastVariance) deviationSlope[j] -= covariances[i] * slope / deviation;
            }
        }

        return (mean, deviation);
    }
}
