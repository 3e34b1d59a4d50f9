namespace ModelTraining;

/// <summary>
/// Finds the point that promises most: from the best of many points by chance and around the best trials, and from some more by lot, up the slope in the quantities, and by small steps in what has
/// few values.
/// </summary>
internal sealed class ImprovementSearch
{
    // What is as near to a trial as that would tell nothing new, and a process that is too sure of itself would propose nothing else. What others are at now will say what is there.
    private const double NearestToKnown = 1e-5, NearestToPending = 1e-3;
    private const int RandomPoints = 1024, Best = 5, AroundEach = 20, Starts = 10, Rounds = 2, MovesOfRound = 40, FewValues = 16;
    private const double LongestStep = 0.2;
    private readonly SamplerContext _context;
    private readonly SpaceEmbedding _embedding;
    private readonly List<double[]> _known, _pending;
    private readonly Acquisition _acquisition;
    private readonly IReadOnlyList<Parameter> _parameters;

    /// <param name="context">The study.</param>
    /// <param name="embedding">Of its space.</param>
    /// <param name="acquisition">What is to be greatest.</param>
    /// <param name="known">The points of the trials that have ended.</param>
    /// <param name="pending">Those that others are at.</param>
    public ImprovementSearch(SamplerContext context, SpaceEmbedding embedding, Acquisition acquisition, List<double[]> known, List<double[]> pending) =>
        (_context, _embedding, _acquisition, _known, _pending, _parameters) = (context, embedding, acquisition, known, pending, context.Space.Parameters);

    public IReadOnlyDictionary<string, double> Find(List<TrialRecord> bestFirst)
    {
        var points = new List<(double[] Shares, double Gain)>();
        for (var i = 0; i < RandomPoints; i++) Add([.. _parameters.Select(_ => _context.Random.NextDouble())]);
        foreach (var trial in bestFirst.Take(Best))
        {
            double[] shares = [.. _parameters.Select(parameter => trial.Parameters.TryGetValue(parameter.Name, out var value) ? parameter.ToShare(value) : _context.Random.NextDouble())];
            for (var i = 0; i < AroundEach; i++) Add(Moved(shares, i % 2 == 0 ? 0.1 : 0.02));
        }

        return Values(Choose(points).Select(start => Climb(start.Shares, start.Gain)).MaxBy(found => found.Gain).Shares);

        void Add(double[] shares) => points.Add((shares, Gain(shares)));
    }

    /// <summary>The best one, and others by lot, each as likely as its gain is great: the best ones alone are often all on one hill. The lot is that of the greatest sum with Gumbel's distribution.</summary>
    private IEnumerable<(double[] Shares, double Gain)> Choose(List<(double[] Shares, double Gain)> points)
    {
        var drawn = points.ConvertAll(point => (Point: point, Lot: point.Gain - Math.Log(-Math.Log(1 - _context.Random.NextDouble()))));
        return drawn.OrderByDescending(point => point.Lot).Take(Starts - 1).Select(point => point.Point).Prepend(points.MaxBy(point => point.Gain));
    }

    private (double[] Shares, double Gain) Climb(double[] shares, double gain)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var values = Values(shares);
            int[] smooth = [.. Enumerable.Range(0, _parameters.Count).Where(i => _parameters[i].ChoiceCount == 0 && _parameters[i].ValueCount > FewValues && values.ContainsKey(_parameters[i].Name))];
            if (smooth.Length > 0)
            {
                var (top, _) = QuasiNewtonSearch.Minimize((at, slope) => Loss(shares, smooth, at, slope), [.. smooth.Select(i => shares[i])], 0, 1, LongestStep);
                Keep(With(shares, smooth, top));
            }

            if (smooth.Length == _parameters.Count) break;
            for (var move = 0; move < MovesOfRound; move++) Keep(Moved(shares, 0.1));
        }

        return (shares, gain);

        void Keep(double[] next)
        {
            var nextGain = Gain(next);
            if (nextGain > gain) (shares, gain) = (next, nextGain);
        }
    }

    /// <summary>What is lost at some quantities' shares, the others being as they are, with derivatives. Nothing is rounded to the values that there are.</summary>
    private double Loss(double[] shares, int[] smooth, double[] at, double[] slope)
    {
        var point = _embedding.Of(Values(With(shares, smooth, at)));
        for (var i = 0; i < smooth.Length; i++) point[_embedding.FirstOf[smooth[i]]] = at[i];
        Span<double> all = new double[point.Length];
        var gain = _acquisition.Of(point, all);
        for (var i = 0; i < smooth.Length; i++) slope[i] = -all[_embedding.FirstOf[smooth[i]]];
        return -gain;
    }

    private double[] Moved(double[] shares, double width)
    {
        var moved = (double[])shares.Clone();
        var chance = Math.Max(0.2, 1.0 / moved.Length);
        for (var i = 0; i < moved.Length; i++)
        {
            if (_parameters[i].ChoiceCount > 0)
            {
                if (_context.Random.NextDouble() < chance / 2) moved[i] = _context.Random.NextDouble();
                continue;
            }

            // Steps narrower than a value's part would lead nowhere.
            var size = Math.Max(width, 0.5 / _parameters[i].ValueCount);
            if (moved.Length < 4 || _context.Random.NextDouble() < 0.5) moved[i] = Math.Clamp(moved[i] + (size * _context.Random.NextNormal()), 0, 1);
        }

        return moved;
    }

    private static double[] With(double[] shares, int[] places, double[] values)
    {
        var changed = (double[])shares.Clone();
        for (var i = 0; i < places.Length; i++) changed[places[i]] = values[i];
        return changed;
    }

    private Dictionary<string, double> Values(double[] shares) => _context.ForEach((parameter, i) => parameter.FromShare(shares[i]));

    private double Gain(double[] shares)
    {
        var point = _embedding.Of(Values(shares));
        return IsNear(point, _known, NearestToKnown) || IsNear(point, _pending, NearestToPending) ? double.NegativeInfinity : _acquisition.Of(point);
    }

    /// <summary>Whether a point is so near to one of others, in no coordinate further.</summary>
    private static bool IsNear(double[] point, List<double[]> others, double distance)
    {
        foreach (var other in others)
        {
            var isNear = true;
            for (var i = 0; isNear && i < point.Length; i++) isNear = Math.Abs(point[i] - other[i]) < distance;
            if (isNear) return true;
        }

        return false;
    }
}
