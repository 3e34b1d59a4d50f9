using System.Globalization;

namespace ModelTraining;

/// <summary>What a cross-validation measured: <see cref="PipelineRun.CrossValidation"/>. Immutable.</summary>
public sealed class CrossValidationReport
{
    internal CrossValidationReport(string method, FinalModel final, IReadOnlyList<IMetric> metrics, IReadOnlyList<FoldResult> folds, OutOfFoldPredictions outOfFold, Evaluation evaluation)
    {
        (Method, Final, Folds, OutOfFold, Evaluation) = (method, final, folds, outOfFold, evaluation);
        var testShare = folds.Average(fold => (double)fold.TestRows.Length / (fold.TrainingCount + fold.ValidationCount));
        Scores = [.. metrics.Select(metric => Score(metric, folds, testShare))];
    }

    /// <summary>How rows were divided, in words: "5 folds, stratified, repeated 3 times".</summary>
    public string Method { get; }

    /// <summary>What the model is that the run went on with.</summary>
    public FinalModel Final { get; }

    /// <summary>The folds, repeat after repeat.</summary>
    public IReadOnlyList<FoldResult> Folds { get; }

    /// <summary>Each metric over the folds, the one to judge by first.</summary>
    public IReadOnlyList<CrossValidationScore> Scores { get; }

    /// <summary>What was said of each row by models that had not learned from it.</summary>
    public OutOfFoldPredictions OutOfFold { get; }

    /// <summary>The metric to judge by.</summary>
    public CrossValidationScore Primary => Scores[0];

    /// <summary>The metric with the key <paramref name="key"/>, for example roc_auc.</summary>
    /// <exception cref="ModelTrainingException">MT1300: the metric was not computed; the message has the nearest keys.</exception>
    public CrossValidationScore this[string key] => Scores.FirstOrDefault(score => score.Key == key) ?? throw Metrics.Unknown(key, Scores.Select(score => score.Key));

    /// <summary>The same metrics of all out-of-fold predictions together.</summary>
    internal Evaluation Evaluation { get; }

    /// <summary>Those that do not say what another has said already.</summary>
    internal IEnumerable<CrossValidationScore> MainScores => Evaluation.MainScores.Select(score => this[score.Key]);

    /// <summary>A table of the main metrics: mean, deviation, interval, baseline.</summary>
    public override string ToString()
    {
        var table = new TextTable($"cross-validation, {Method}", ["mean", "deviation", "95 % interval", "baseline"]);
        foreach (var score in MainScores)
        {
            var format = Evaluation.Format(Math.Max(Math.Abs(score.Mean), Math.Abs(score.Baseline)));
            string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
            table.Add(score.Key, [Text(score.Mean), Text(score.StandardDeviation), $"{Text(score.Interval.Low)} to {Text(score.Interval.High)}", Text(score.Baseline)]);
        }

        return table.ToString();
    }

    private static CrossValidationScore Score(IMetric metric, IReadOnlyList<FoldResult> folds, double testShare)
    {
        double[] values = [.. folds.Select(fold => fold.Metrics[metric.Key])];
        var (mean, deviation, interval) = CorrectedInterval.Of(values, testShare);
        var (baseline, _, _) = CorrectedInterval.Of([.. folds.Select(fold => fold.Baseline[metric.Key])], testShare);
        return new CrossValidationScore(metric.Key, metric.Name, metric.Direction, values, baseline) { Mean = mean, StandardDeviation = deviation, Interval = interval };
    }
}
