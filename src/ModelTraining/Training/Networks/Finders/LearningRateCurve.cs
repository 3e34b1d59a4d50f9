namespace ModelTraining;

/// <summary>The losses of a sweep, and what they say of the rate.</summary>
/// <param name="level">The mean loss of all its rows under the first weights.</param>
/// <param name="steps">The updates of the whole sweep.</param>
/// <param name="stopFactor">How many times the least running mean of the losses a running mean may be.</param>
internal sealed class LearningRateCurve(double level, int steps, double stopFactor)
{
    /// <summary>How much of the running mean each update keeps.</summary>
    private const double Kept = 0.9;

    /// <summary>The deviation of the weights by which neighbours are averaged, as a share of the sweep.</summary>
    private const double Width = 0.03;

    private readonly List<(double Rate, double Loss)> _points = [];
    private double _mean, _least;

    /// <summary>Whether the loss has risen too far, or is not finite any more.</summary>
    public bool Diverged { get; private set; }

    public int Count => _points.Count;

    /// <summary>Adds an update.</summary>
    /// <param name="rate">Its rate.</param>
    /// <param name="loss">Its loss; null where that is not finite.</param>
    public void Add(double rate, double? loss)
    {
        if (loss is not { } known)
        {
            Diverged = true;
            return;
        }

        if (Count == 0) _mean = _least = level;
        _points.Add((rate, known));
        _mean = (Kept * _mean) + ((1 - Kept) * known);
        _least = Math.Min(_least, _mean);
        Diverged = _mean - _least > (stopFactor - 1) * Math.Abs(_least);
    }

    /// <summary>Where the smoothed loss falls most steeply on the way to its minimum; null where it falls nowhere.</summary>
    public FoundLearningRate? Find()
    {
        double[] smoothed = [.. Enumerable.Range(0, Count).Select(Smoothed)];
        var least = Array.IndexOf(smoothed, smoothed.DefaultIfEmpty(0).Min());
        var (steepest, slope) = (-1, 0.0);
        for (var i = 1; i < least; i++)
        {
            // The rates are equally far apart in the logarithm: differences are slopes.
            if (smoothed[i + 1] - smoothed[i - 1] < slope) (steepest, slope) = (i, smoothed[i + 1] - smoothed[i - 1]);
        }

        if (steepest < 0) return null;
        return new FoundLearningRate(_points[steepest].Rate, _points[least].Rate / 10, Diverged, [.. _points.Select((point, i) => new LearningRatePoint(point.Rate, point.Loss, smoothed[i]))]);
    }

    /// <summary>How far the loss rises above where it began says nothing of where it falls, and would drown that.</summary>
    private double Smoothed(int at)
    {
        var (sum, weights, width) = (0.0, 0.0, Width * steps);
        for (var i = 0; i < Count; i++)
        {
            var distance = (i - at) / width;
            var weight = Math.Exp(-0.5 * distance * distance);
            (sum, weights) = (sum + (weight * Math.Min(_points[i].Loss, level)), weights + weight);
        }

        return sum / weights;
    }
}
