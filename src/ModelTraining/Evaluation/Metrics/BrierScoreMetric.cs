namespace ModelTraining;

/// <summary>
/// The mean squared distance of probabilities from what came true (Brier, "Verification of forecasts expressed in terms of probability", 1950). Of two
/// classes the positive one's only, in [0, 1], as in scikit-learn; of more the sum over all classes, in [0, 2], as in the paper and in scikit-learn from 1.7 on.
/// </summary>
internal sealed class BrierScoreMetric() : RowMeanMetric("brier_score_loss", "BrierScore")
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Of(PredictionBatch batch, int row)
    {
        var probabilities = batch.Row(row);
        var truth = (int)batch.Targets[row];
        if (probabilities.Length == 2) return Square(probabilities[1] - (double)truth);
        var sum = 0.0;
        for (var i = 0; i < probabilities.Length; i++) sum += Square(probabilities[i] - (i == truth ? 1.0 : 0));
        return sum;
    }

    private static double Square(double value) => value * value;
}
