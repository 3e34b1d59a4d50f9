namespace ModelTraining;

/// <summary>
/// The mean of −ln(probability given to the true class): what confidence in a wrong class costs. scikit-learn 1.2.1 and later clip single-precision
/// probabilities to [2⁻²³, 1 − 2⁻²³], and so do we; 1.2.1 then divides by the clipped row's sum.
/// </summary>
internal sealed class LogLossMetric() : RowMeanMetric("log_loss", "LogLoss")
{
    /// <summary>The least probability, 2⁻²³: the distance from 1 to the next float.</summary>
    public const double Least = 1.0 / (1 << 23);

    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Of(PredictionBatch batch, int row)
    {
        var probabilities = batch.Row(row);
        var sum = 0.0;
        foreach (var probability in probabilities) sum += Clip(probability);
        return -Math.Log(Clip(probabilities[(int)batch.Targets[row]]) / sum);
    }

    private static double Clip(double probability) => Math.Clamp(probability, Least, 1 - Least);
}
