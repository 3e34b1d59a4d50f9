namespace ModelTraining;

/// <summary>
/// The rising curve that is nearest to points in least squares, by pooling adjacent violators (Ayer et al., "An empirical distribution function for sampling with
/// incomplete information", 1955), as scikit-learn's IsotonicRegression has it: points of equal x are their mean, between knots the curve is linear, and outside of
/// them level. Immutable.
/// </summary>
internal sealed class IsotonicCurve
{
    private readonly double[] _y;

    private IsotonicCurve(float[] x, double[] y) => (X, _y) = (x, y);

    /// <summary>The knots in their order.</summary>
    public float[] X { get; }

    /// <summary>The curve's values there.</summary>
    public ReadOnlySpan<double> Y => _y;

    public static IsotonicCurve Fit(float[] x, double[] y, ReadOnlySpan<float> weights)
    {
        var order = Enumerable.Range(0, x.Length).ToArray();
        Array.Sort((float[])x.Clone(), order);
        var blocks = new List<Block>();
        foreach (var row in order)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            if (weight == 0 || float.IsNaN(x[row])) continue;
            if (blocks.Count > 0 && blocks[^1].Last == x[row]) blocks[^1] = blocks[^1].With(weight, y[row]);
            else blocks.Add(new Block(x[row], x[row], weight, weight * y[row]));
        }

        if (blocks.Count == 0) return new IsotonicCurve([0, 1], [0, 1]); // nothing to learn from: all stays as it is
        return Knots(Pool(blocks));
    }

    public double At(float x)
    {
        var (low, high) = (0, X.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (x <= X[middle]) high = middle;
            else low = middle + 1;
        }

        var (from, value, slope) = Line(low);
        return Math.Clamp(value + (x - from) * slope, 0, 1);
    }

    /// <summary>The line that holds for what is above so many knots.</summary>
    public (double X, double Y, double Slope) Line(int stretch)
    {
        if (stretch == 0) return (X[0], _y[0], 0);
        double from = X[stretch - 1];
        return stretch == X.Length ? (from, _y[stretch - 1], 0) : (from, _y[stretch - 1], (_y[stretch] - _y[stretch - 1]) / (X[stretch] - from));
    }

    /// <summary>Joins neighbours until none is above the next.</summary>
    private static List<Block> Pool(List<Block> blocks)
    {
        var pooled = new List<Block>();
        foreach (var next in blocks)
        {
            var block = next;
            while (pooled.Count > 0 && pooled[^1].Mean >= block.Mean)
            {
                block = new Block(pooled[^1].First, block.Last, pooled[^1].Weight + block.Weight, pooled[^1].Sum + block.Sum);
                pooled.RemoveAt(pooled.Count - 1);
            }

            pooled.Add(block);
        }

        return pooled;
    }

    /// <summary>Two at the ends of each block, one where it is a single point.</summary>
    private static IsotonicCurve Knots(List<Block> blocks)
    {
        var (x, y) = (new List<float>(), new List<double>());
        foreach (var block in blocks)
        {
            x.Add(block.First);
            y.Add(block.Mean);
            if (block.Last == block.First) continue;
            x.Add(block.Last);
            y.Add(block.Mean);
        }

        return new IsotonicCurve([.. x], [.. y]);
    }

    private readonly record struct Block(float First, float Last, double Weight, double Sum)
    {
        public double Mean => Sum / Weight;

        public Block With(double weight, double value) => this with { Weight = Weight + weight, Sum = Sum + weight * value };
    }
}
