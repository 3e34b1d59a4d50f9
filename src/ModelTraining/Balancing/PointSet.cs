namespace ModelTraining;

/// <summary>Rows as points: quantities of like scale, and categories by number, column after column.</summary>
internal sealed class PointSet
{
    /// <param name="quantities">[quantities][points].</param>
    /// <param name="categories">[nominal features][points].</param>
    /// <param name="count">The number of points.</param>
    public PointSet(float[][] quantities, float[][] categories, int count) => (Quantities, Categories, Count) = (quantities, categories, count);

    public float[][] Quantities { get; }

    public float[][] Categories { get; }

    public int Count { get; }

    /// <summary>The points at some positions.</summary>
    public PointSet Take(int[] positions) => new(Array.ConvertAll(Quantities, column => Of(column, positions)), Array.ConvertAll(Categories, column => Of(column, positions)), positions.Length);

    /// <summary>
    /// What two points that differ in a category are apart by it: the median of the quantities' deviations (Chawla et al. 2002, section 6.1). Where no quantity varies, 1: then only the number of
    /// different categories counts.
    /// </summary>
    public double CategoryDistance()
    {
        var deviations = Quantities.Select(Deviation).Order().ToArray();
        if (deviations.Length == 0) return 1;
        var median = (deviations[(deviations.Length - 1) / 2] + deviations[deviations.Length / 2]) / 2;
        return median > 0 ? median : 1;
    }

    private static double Deviation(float[] column)
    {
        var mean = column.Average(value => (double)value);
        return Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
    }

    private static float[] Of(float[] column, int[] positions) => Array.ConvertAll(positions, position => column[position]);
}
