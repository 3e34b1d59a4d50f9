namespace ModelTraining;

/// <summary>
/// What a decision threshold is chosen by: a metric, the cost of errors, or a least precision or recall. Of thresholds that are as good, the one nearest 0.5.
/// </summary>
public sealed record ThresholdOptions
{
    /// <summary>
    /// The key of the metric that is to be best: f1, balanced_accuracy, matthews_corrcoef, cohen_kappa_score, accuracy, precision or recall. Default null: f1, or recall
    /// where only <see cref="MinPrecision"/> is set, or precision where only <see cref="MinRecall"/> is. Not beside costs.
    /// </summary>
    public string? By { get; init; }

    /// <summary>What it costs to call a row positive that is not, in any unit. Default null: 1 where <see cref="FalseNegativeCost"/> is set, otherwise costs decide nothing.</summary>
    public double? FalsePositiveCost { get; init; }

    /// <summary>What it costs to miss a positive row, in the same unit. Default null: 1 where <see cref="FalsePositiveCost"/> is set, otherwise costs decide nothing.</summary>
    public double? FalseNegativeCost { get; init; }

    /// <summary>The least precision that the threshold must have on the validation part, in (0, 1]. Default null: any.</summary>
    public double? MinPrecision { get; init; }

    /// <summary>The least recall that the threshold must have on the validation part, in (0, 1]. Default null: any.</summary>
    public double? MinRecall { get; init; }

    internal bool ByCost => FalsePositiveCost is not null || FalseNegativeCost is not null;

    internal IEnumerable<Problem> Validate()
    {
        if (By is not null && !ThresholdGoal.Keys.Contains(By)) yield return new Problem("MT1324", $"The 'By' option of Threshold names no metric that a threshold changes: '{By}'. {NearestNames.Sentence(By, ThresholdGoal.Keys)}");
        if (By is not null && ByCost) yield return new Problem("MT1325", $"Threshold is to be by '{By}' and by cost. Keep one of them.");
        foreach (var (name, cost) in new[] { (nameof(FalsePositiveCost), FalsePositiveCost), (nameof(FalseNegativeCost), FalseNegativeCost) })
        {
            if (cost is { } value && !(value >= 0 && double.IsFinite(value))) yield return new Problem("MT1326", FormattableString.Invariant($"The '{name}' option of Threshold must be a finite number that is not negative. Got {value}."));
        }

        if (FalsePositiveCost == 0 && FalseNegativeCost == 0) yield return new Problem("MT1326", "Both costs of Threshold are 0, so that every threshold costs the same. Give one of them a cost.");
        foreach (var (name, share) in new[] { (nameof(MinPrecision), MinPrecision), (nameof(MinRecall), MinRecall) })
        {
            if (share is { } value and not (> 0 and <= 1)) yield return new Problem("MT1327", FormattableString.Invariant($"The '{name}' option of Threshold must be in (0, 1]. Got {value}."));
        }
    }
}
