namespace ModelTraining;

/// <summary>
/// How far probabilities are from the share that came true, on average over ten bins of equal width, by weight (Naeini, Cooper and Hauskrecht, "Obtaining
/// well calibrated probabilities using Bayesian binning", 2015): of two classes the positive one's probabilities, of more the predicted one's.
/// </summary>
internal sealed class ExpectedCalibrationErrorMetric()
    : StatisticMetric<CalibrationSums>("expected_calibration_error", "ExpectedCalibrationError", MetricDirection.LowerIsBetter)
{
    public override bool Supports(LearningTask task) => task != LearningTask.Regression;

    protected override double Compute(CalibrationSums statistic) => statistic.ExpectedError;
}
