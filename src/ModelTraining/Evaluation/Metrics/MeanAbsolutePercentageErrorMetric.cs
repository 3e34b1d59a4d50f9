namespace ModelTraining;

/// <summary>
/// The mean of |error| / |label|, as a share: 0.1 is ten percent. As in scikit-learn a label of 0 counts as 2⁻⁵², so that one wrong prediction of such a row
/// makes the mean huge; with labels near 0 look at another metric.
/// </summary>
internal sealed class MeanAbsolutePercentageErrorMetric() : RowMeanMetric("mean_absolute_percentage_error", "MeanAbsolutePercentageError")
{
    private const double Least = 1.0 / (1L << 52);

    public override bool Supports(LearningTask task) => task == LearningTask.Regression;

    protected override double Of(PredictionBatch batch, int row)
    {
        double value = batch.Targets[row];
        return Math.Abs(value - batch.Outputs[row]) / Math.Max(Math.Abs(value), Least);
    }
}
