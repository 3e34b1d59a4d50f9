using System.Globalization;

namespace ModelTraining;

/// <summary>
/// What a predicted quantile costs: an error counts alpha where the label is above the prediction and 1 − alpha where it is below (Koenker and Bassett,
/// "Regression quantiles", 1978). The quantile of that share costs least; at 0.5 it is half the mean absolute error.
/// </summary>
internal sealed class PinballLossMetric(double alpha) : RowMeanMetric(string.Create(CultureInfo.InvariantCulture, $"mean_pinball_loss_{alpha}"), "PinballLoss")
{
    public override bool Supports(LearningTask task) => task == LearningTask.Regression;

    protected override double Of(PredictionBatch batch, int row)
    {
        var error = (double)batch.Targets[row] - batch.Outputs[row];
        return error >= 0 ? alpha * error : (alpha - 1) * error;
    }
}
