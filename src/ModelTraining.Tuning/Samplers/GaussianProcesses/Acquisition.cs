namespace ModelTraining;

/// <summary>
/// How much a trial at a point promises: the logarithm of the expected improvement, which still has a slope where the improvement itself is 0 to a double (Ament et al., NeurIPS 2023), plus that of the
/// probability that all constraints hold (Gardner et al., ICML 2014). While nothing is known that holds them, the probability alone.
/// </summary>
internal sealed class Acquisition
{
    private const double LeastProbability = 1e-300;
    private readonly GaussianProcess? _objective;
    private readonly double _least;
    private readonly IReadOnlyList<(GaussianProcess Process, double Limit)> _constraints;

    /// <param name="objective">The cost.</param>
    /// <param name="feasible">
    /// The points that hold all constraints. What is to be improved on is the least cost that is expected at one of them: the least that was seen may have been luck, or a dent too narrow for the process
    /// to know its shape (Picheny, Wagner and Ginsbourger, "A benchmark of kriging-based infill criteria", 2013).
    /// </param>
    /// <param name="constraints">Of each constraint the process, and up to where it holds.</param>
    public Acquisition(GaussianProcess objective, IReadOnlyList<double[]> feasible, IReadOnlyList<(GaussianProcess Process, double Limit)> constraints)
    {
        (_objective, _constraints) = (feasible.Count > 0 ? objective : null, constraints);
        _least = feasible.Count > 0 ? feasible.Min(point => objective.Predict(point).Mean) : 0;
    }

    public double Of(double[] point)
    {
        var sum = 0.0;
        if (_objective is not null)
        {
            var (mean, deviation) = _objective.Predict(point);
            sum = LogImprovement((_least - mean) / deviation).Log + Math.Log(deviation);
        }

        foreach (var (process, limit) in _constraints)
        {
            var (mean, deviation) = process.Predict(point);
            sum += LogProbability((limit - mean) / deviation).Log;
        }

        return sum;
    }

    /// <summary>The same, and its derivatives by the point's coordinates.</summary>
    public double Of(double[] point, Span<double> slope)
    {
        Span<double> meanSlope = new double[point.Length], deviationSlope = new double[point.Length];
        slope.Clear();
        var sum = 0.0;
        if (_objective is not null)
        {
            var (mean, deviation) = _objective.Predict(point, meanSlope, deviationSlope);
            var z = (_least - mean) / deviation;
            var (log, byZ) = LogImprovement(z);
            sum = log + Math.Log(deviation);
            for (var i = 0; i < slope.Length; i++) slope[i] += ((deviationSlope[i] * (1 - (z * byZ))) - (meanSlope[i] * byZ)) / deviation;
        }

        foreach (var (process, limit) in _constraints)
        {
            var (mean, deviation) = process.Predict(point, meanSlope, deviationSlope);
            var z = (limit - mean) / deviation;
            var (log, byZ) = LogProbability(z);
            sum += log;
            for (var i = 0; i < slope.Length; i++) slope[i] -= ((deviationSlope[i] * z) + meanSlope[i]) * byZ / deviation;
        }

        return sum;
    }

    /// <summary>ln(z·Φ(z) + φ(z)), and its derivative.</summary>
    private static (double Log, double Slope) LogImprovement(double z)
    {
        if (z > -8)
        {
            var below = NormalDistribution.Cumulative(z);
            var improvement = (z * below) + Math.Exp(NormalDistribution.LogDensity(z));
            return (Math.Log(improvement), below / improvement);
        }

        // Both are differences of nearly equal numbers there; their asymptotic series are not.
        var (inverse, square) = (1 / (z * z), z * z);
        var series = 1 - (3 * inverse) + (15 * inverse * inverse);
        return (NormalDistribution.LogDensity(z) - Math.Log(square) + Math.Log(series), -z * (1 - inverse + (3 * inverse * inverse)) / series);
    }

    /// <summary>ln Φ(z), and its derivative.</summary>
    private static (double Log, double Slope) LogProbability(double z)
    {
        var log = z > -30 ? Math.Log(Math.Max(LeastProbability, NormalDistribution.Cumulative(z))) : NormalDistribution.LogDensity(z) - Math.Log(-z);
        return (log, Math.Exp(NormalDistribution.LogDensity(z) - log));
    }
}
