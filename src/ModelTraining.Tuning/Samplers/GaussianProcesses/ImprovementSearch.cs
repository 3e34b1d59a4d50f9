namespace ModelTraining;

/// <summary>Finds where the expected improvement is greatest: many points by chance and around the best trials, the most promising of which are then improved step by step.</summary>
internal sealed class ImprovementSearch(SamplerContext context, SpaceEmbedding embedding, GaussianProcess process, double least)
{
    // What is as near to a trial as that would tell nothing new, and a process that is too sure of itself would propose nothing else.
    private const double Nearest = 1e-3;
    private const int RandomPoints = 512, Best = 5, AroundEach = 20, Climbs = 4, StepsOfClimb = 120;
    private readonly IReadOnlyList<Parameter> _parameters = context.Space.Parameters;

    public IReadOnlyDictionary<string, double> Find(List<TrialRecord> bestFirst)
    {
        var points = new List<(double[] Shares, double Gain)>();
        for (var i = 0; i < RandomPoints; i++) Add([.. _parameters.Select(_ => context.Random.NextDouble())]);
        foreach (var trial in bestFirst.Take(Best))
        {
            double[] shares = [.. _parameters.Select(parameter => trial.Parameters.TryGetValue(parameter.Name, out var value) ? parameter.ToShare(value) : context.Random.NextDouble())];
            for (var i = 0; i < AroundEach; i++) Add(Moved(shares, i % 2 == 0 ? 0.1 : 0.02));
        }

        var climbed = points.OrderByDescending(point => point.Gain).Take(Climbs).Select(point => Climb(point.Shares, point.Gain)).MaxBy(point => point.Gain);
        return Values(climbed.Shares);

        void Add(double[] shares) => points.Add((shares, LogGain(shares)));
    }

    /// <summary>One point, one child, steps that grow by success and shrink without (Kern et al., 2004).</summary>
    private (double[] Shares, double Gain) Climb(double[] shares, double gain)
    {
        var width = 0.1;
        for (var step = 0; step < StepsOfClimb; step++)
        {
            var next = Moved(shares, width);
            var nextGain = LogGain(next);
            width = Math.Clamp(width * (nextGain > gain ? 1.5 : 0.9), 1e-5, 0.5);
            if (nextGain > gain) (shares, gain) = (next, nextGain);
        }

        return (shares, gain);
    }

    private double[] Moved(double[] shares, double width)
    {
        var moved = (double[])shares.Clone();
        var chance = Math.Max(0.2, 1.0 / moved.Length);
        for (var i = 0; i < moved.Length; i++)
        {
            if (_parameters[i].ChoiceCount > 0)
            {
                if (context.Random.NextDouble() < chance / 2) moved[i] = context.Random.NextDouble();
                continue;
            }

            // Steps narrower than a value's part would lead nowhere.
            var size = Math.Max(width, 0.5 / _parameters[i].ValueCount);
            if (moved.Length < 4 || context.Random.NextDouble() < 0.5) moved[i] = Math.Clamp(moved[i] + (size * context.Random.NextNormal()), 0, 1);
        }

        return moved;
    }

    private Dictionary<string, double> Values(double[] shares) => context.ForEach((parameter, i) => parameter.FromShare(shares[i]));

    /// <summary>The logarithm of the expected improvement, which still has a slope where the improvement itself is 0 to a double (Ament et al., NeurIPS 2023).</summary>
    private double LogGain(double[] shares)
    {
        var point = embedding.Of(Values(shares));
        if (process.IsWithin(Nearest, point)) return double.NegativeInfinity;
        var (mean, deviation) = process.Predict(point);
        var z = (least - mean) / deviation;
        if (z < -10) return NormalDistribution.LogDensity(z) - (2 * Math.Log(-z)) + Math.Log(deviation);
        return Math.Log((z * NormalDistribution.Cumulative(z)) + Math.Exp(NormalDistribution.LogDensity(z))) + Math.Log(deviation);
    }
}
