namespace ModelTraining;

/// <summary>Shifts and scales numbers to mean 0 and deviation 1 over the training rows. A column without spread is only shifted.</summary>
/// <param name="columns">Number, integer or boolean columns; they become number columns.</param>
internal sealed class StandardScaling(IReadOnlyList<string> columns) : ITransform
{
    /// <summary>A deviation of this share of the mean is what rounding leaves of a constant.</summary>
    private const double NoSpread = 1e-9;

    public string Name => "Scaling";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var scales = new FittedScaling.Scale[columns.Count];
        ColumnLoop.Run(scales.Length, context.Threads, i => scales[i] = Measure(columns[i], training.Numbers(columns[i])));
        return new FittedScaling(scales);
    }

    private static FittedScaling.Scale Measure(string column, ReadOnlySpan<float> values)
    {
        var (mean, deviation) = Moments.Of(values);
        if (double.IsNaN(mean)) return new FittedScaling.Scale(column, 0, 1);
        var factor = deviation > Math.Abs(mean) * NoSpread ? (float)(1 / deviation) : 1;
        return new FittedScaling.Scale(column, (float)mean, float.IsFinite(factor) ? factor : 1);
    }
}
