using System.Globalization;

namespace ModelTraining;

/// <summary>
/// The metrics that come with the library. Keys are scikit-learn's, names are ML.NET's where it has them; values equal scikit-learn's. A metric of
/// your own is an <see cref="IMetric"/> in <see cref="EvaluateOptions.Metrics"/>.
/// </summary>
public static class Metrics
{
    /// <summary>roc_auc: the chance that a row of the positive class has a higher probability than one of the other, ties counting half. Two classes.</summary>
    public static IMetric AreaUnderRocCurve { get; } = new AreaUnderRocCurveMetric();

    /// <summary>balanced_accuracy: the mean of the classes' recalls, over the classes that occur in truth. A constant guess has 1 / classes.</summary>
    public static IMetric MacroAccuracy { get; } = new MacroAccuracyMetric();

    /// <summary>rmse: the root of the mean squared error, in the unit of the label.</summary>
    public static IMetric RootMeanSquaredError { get; } = new RootMeanSquaredErrorMetric();

    /// <summary>mean_absolute_error: the mean of the errors' sizes, in the unit of the label.</summary>
    public static IMetric MeanAbsoluteError { get; } = new MeanAbsoluteErrorMetric();

    /// <summary>r2: the share of the label's variance that is explained. Not defined for a single row; for a constant label 1 or 0.</summary>
    public static IMetric RSquared { get; } = new RSquaredMetric();

    /// <summary>median_absolute_error: the median of the errors' sizes, in the unit of the label; what few rows are far off does not show in it.</summary>
    public static IMetric MedianAbsoluteError { get; } = new MedianAbsoluteErrorMetric();

    /// <summary>
    /// mean_absolute_percentage_error: the mean of |error| / |label|, as a share. As in scikit-learn a label of 0 counts as 2⁻⁵²: one wrong prediction of such
    /// a row makes the mean huge.
    /// </summary>
    public static IMetric MeanAbsolutePercentageError { get; } = new MeanAbsolutePercentageErrorMetric();

    /// <summary>roc_auc_ovr: the mean of the classes' areas under the ROC curve, each class that occurs against the rest. Three or more classes.</summary>
    public static IMetric MacroAreaUnderRocCurve { get; } = new MacroAreaUnderRocCurveMetric();

    /// <summary>average_precision: the area under the steps of the precision-recall curve; of three or more classes the mean over those that occur.</summary>
    public static IMetric AreaUnderPrecisionRecallCurve { get; } = new AreaUnderPrecisionRecallCurveMetric();

    /// <summary>log_loss: the mean of −ln(probability of the true class), each row's clipped to [2⁻²³, 1 − 2⁻²³] and made to sum to 1.</summary>
    public static IMetric LogLoss { get; } = new LogLossMetric();

    /// <summary>
    /// brier_score_loss: the mean squared distance of the probabilities from what came true: of two classes the positive one's, in [0, 1]; of more the sum over
    /// all classes, in [0, 2].
    /// </summary>
    public static IMetric BrierScore { get; } = new BrierScoreMetric();

    /// <summary>
    /// expected_calibration_error: how far probabilities are from the share that came true, on average over ten bins of equal width. Of two classes the positive
    /// one's probabilities, of more the predicted one's.
    /// </summary>
    public static IMetric ExpectedCalibrationError { get; } = new ExpectedCalibrationErrorMetric();

    /// <summary>matthews_corrcoef: the correlation of truth and prediction, from −1 to 1; 0 for a guess, whatever the shares of the classes.</summary>
    public static IMetric MatthewsCorrelation { get; } = new MatthewsCorrelationMetric();

    /// <summary>cohen_kappa_score: how much more truth and prediction agree than by chance; 1 is perfect, 0 is by chance.</summary>
    public static IMetric CohenKappa { get; } = new CohenKappaMetric();

    /// <summary>accuracy: the share of rows whose most probable class is the true one. ML.NET's MicroAccuracy where there are three or more classes.</summary>
    public static IMetric Accuracy { get; } = new AccuracyMetric();

    /// <summary>f1: the harmonic mean of the positive class's precision and recall. Two classes.</summary>
    public static IMetric F1Score { get; } = new F1ScoreMetric(ClassAveraging.Positive);

    /// <summary>precision: of the rows predicted positive, the share that are; 0 when none is predicted. Two classes.</summary>
    public static IMetric PositivePrecision { get; } = new PrecisionMetric(ClassAveraging.Positive);

    /// <summary>recall: of the positive rows, the share that are found; 0 when there are none. Two classes.</summary>
    public static IMetric PositiveRecall { get; } = new RecallMetric(ClassAveraging.Positive);

    /// <summary>
    /// false_positive_rate: of the rows that are not of the positive class, the share that are predicted to be; 0 when there are none. Two classes. The other end of recall, and a limit to hold beside it
    /// rather than a figure to look at: not in <see cref="All"/>, name it in <see cref="EvaluateOptions.Metrics"/>.
    /// </summary>
    public static IMetric FalsePositiveRate { get; } = new FalsePositiveRateMetric();

    /// <summary>f1_macro: the mean of the classes' F1 over the classes that occur, as truth or as prediction.</summary>
    public static IMetric MacroF1Score { get; } = new F1ScoreMetric(ClassAveraging.Macro);

    /// <summary>precision_macro: the mean of the classes' precisions over the classes that occur, as truth or as prediction.</summary>
    public static IMetric MacroPrecision { get; } = new PrecisionMetric(ClassAveraging.Macro);

    /// <summary>recall_macro: the mean of the classes' recalls over the classes that occur, as truth or as prediction.</summary>
    public static IMetric MacroRecall { get; } = new RecallMetric(ClassAveraging.Macro);

    /// <summary>f1_weighted: the mean of the classes' F1, each weighted by its rows.</summary>
    public static IMetric WeightedF1Score { get; } = new F1ScoreMetric(ClassAveraging.Weighted);

    /// <summary>precision_weighted: the mean of the classes' precisions, each weighted by its rows.</summary>
    public static IMetric WeightedPrecision { get; } = new PrecisionMetric(ClassAveraging.Weighted);

    /// <summary>recall_weighted: the mean of the classes' recalls, each weighted by its rows.</summary>
    public static IMetric WeightedRecall { get; } = new RecallMetric(ClassAveraging.Weighted);

    /// <summary>f1_micro: F1 of all rows counted together; with one class a row it equals accuracy.</summary>
    public static IMetric MicroF1Score { get; } = new F1ScoreMetric(ClassAveraging.Micro);

    /// <summary>precision_micro: precision of all rows counted together; with one class a row it equals accuracy.</summary>
    public static IMetric MicroPrecision { get; } = new PrecisionMetric(ClassAveraging.Micro);

    /// <summary>recall_micro: recall of all rows counted together; with one class a row it equals accuracy.</summary>
    public static IMetric MicroRecall { get; } = new RecallMetric(ClassAveraging.Micro);

    /// <summary>
    /// mean_pinball_loss_0.9, for an alpha of 0.9: what a predicted quantile costs, an error counting <paramref name="alpha"/> where the label is above the
    /// prediction and 1 − alpha where it is below. Not in <see cref="All"/>: name it in <see cref="EvaluateOptions.Metrics"/>.
    /// </summary>
    /// <param name="alpha">The share of labels that should be below the prediction, in (0, 1).</param>
    /// <exception cref="ModelTrainingException">MT1320: it is not.</exception>
    public static IMetric PinballLoss(double alpha) => alpha is > 0 and < 1
        ? new PinballLossMetric(alpha)
        : throw new ModelTrainingException("MT1320", string.Create(CultureInfo.InvariantCulture, $"Metrics.PinballLoss takes an alpha in (0, 1). Got {alpha}."));

    /// <summary>All of them, the ones to look at first in front.</summary>
    public static IReadOnlyList<IMetric> All { get; } =
    [
        AreaUnderRocCurve, MacroAccuracy, RootMeanSquaredError, MeanAbsoluteError, MedianAbsoluteError, MeanAbsolutePercentageError, RSquared,
        MacroF1Score, MacroAreaUnderRocCurve, AreaUnderPrecisionRecallCurve, LogLoss, BrierScore, Accuracy, MatthewsCorrelation,
        F1Score, PositivePrecision, PositiveRecall, MacroPrecision, MacroRecall, ExpectedCalibrationError, CohenKappa,
        WeightedF1Score, WeightedPrecision, WeightedRecall, MicroF1Score, MicroPrecision, MicroRecall,
    ];

    /// <summary>The metrics that are defined for <paramref name="task"/>; the first is the one to judge a model by.</summary>
    public static IReadOnlyList<IMetric> For(LearningTask task) => [.. All.Where(metric => metric.Supports(task))];

    /// <summary>The metric with the key <paramref name="key"/>, for example roc_auc.</summary>
    /// <exception cref="ModelTrainingException">MT1300: there is none; the message has the nearest keys.</exception>
    public static IMetric ByKey(string key) => All.FirstOrDefault(metric => metric.Key == key) ?? throw Unknown(key, All.Select(metric => metric.Key));

    /// <summary>The metric to judge a model by: one that a constant guess scores the same on whatever the shares of the classes.</summary>
    internal static IMetric Primary(LearningTask task) => For(task)[0];

    /// <summary>Whether a metric says what a shorter list of them has said already.</summary>
    internal static bool IsSecondary(IMetric metric, LearningTask task) =>
        metric is CohenKappaMetric or ExpectedCalibrationErrorMetric || (metric is ClassAveragedMetric averaged &&
        averaged.Averaging != (task == LearningTask.BinaryClassification ? ClassAveraging.Positive : ClassAveraging.Macro));

    internal static ModelTrainingException Unknown(string key, IEnumerable<string> known) =>
        new("MT1300", $"There is no metric '{key}'. {NearestNames.Sentence(key, known)}");
}
