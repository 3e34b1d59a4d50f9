using System.Globalization;
using System.Numerics;

namespace ModelTraining;

/// <summary>Options of <see cref="Trees.GradientBoosting"/>. The defaults are good for most tables.</summary>
public sealed record GradientBoostingOptions
{
    /// <summary>
    /// The most rounds of boosting; a round grows one tree, or one a class where there are three or more. Default null: 1000 when there are validation
    /// rows, by which early stopping then picks the number, and 100 when there are none.
    /// </summary>
    public int? Trees { get; init; }

    /// <summary>
    /// What is made small where the label is a number, for example <c>BoostingObjective.Quantile(0.9)</c>. Default null: the squared error. Classes are learned by log_loss, two of
    /// them also by <c>BoostingObjective.Focal()</c>.
    /// </summary>
    public BoostingObjective? Objective { get; init; }

    /// <summary>The most leaves of a tree, 2 to 65536. Default 31.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>The most splits between root and leaf. Default null: no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>What each tree's output is multiplied by, in (0, 1]. Smaller needs more trees. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The fewest training rows of a leaf. Default 20.</summary>
    public int MinRowsPerLeaf { get; init; } = 20;

    /// <summary>The least sum of second derivatives (hessians) of a leaf. Default 0.001.</summary>
    public double MinHessianPerLeaf { get; init; } = 1e-3;

    /// <summary>The most bins that a quantity's values fall into, 2 to 255; missing values have one more. Default 255.</summary>
    public int MaxBins { get; init; } = 255;

    /// <summary>L2 regularisation of the leaves' values. Default 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>L1 regularisation of the leaves' values. Default 0.</summary>
    public double L1 { get; init; }

    /// <summary>The least gain of a split: G²/(H + L2) of both sides less that of the whole. Default 0.</summary>
    public double MinGain { get; init; }

    /// <summary>The largest value of a leaf before the learning rate, above 0. Default null: 3 of the Poisson objective, and no limit of others.</summary>
    public double? MaxDeltaStep { get; init; }

    /// <summary>
    /// The names of quantities with which the prediction, or the probability of the second of two classes, never falls when all else is equal. What a
    /// missing value does is left to the data. Default none.
    /// </summary>
    public IReadOnlyList<string> MonotoneIncreasing { get; init; } = [];

    /// <summary>The names of quantities with which the prediction, or the probability of the second of two classes, never rises when all else is equal. Default none.</summary>
    public IReadOnlyList<string> MonotoneDecreasing { get; init; } = [];

    /// <summary>
    /// Groups of features that may bear on each other: from a tree's root to a leaf all splits are by features of one group. A feature may be in several;
    /// those in none are a group together. Default none: all may.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<string>> InteractionGroups { get; init; } = [];

    /// <summary>The share of the training rows that each round draws, in (0, 1]. Default 1.</summary>
    public double RowFraction { get; init; } = 1;

    /// <summary>The share of the features that each tree draws, in (0, 1]. Default 1.</summary>
    public double ColumnFraction { get; init; } = 1;

    /// <summary>
    /// Dropout of earlier trees while new ones are grown, for example <c>new DartOptions { DropRate = 0.2 }</c>. Slower, and best with a higher learning
    /// rate. Early stopping works: the best round's trees are kept with the weights they had then. Default null: none.
    /// </summary>
    public DartOptions? Dart { get; init; }

    /// <summary>With more than four categories: what is added to a category's hessian before its rank is computed, so that rare ones come to stand near zero. Default 10.</summary>
    public double CategorySmoothing { get; init; } = 10;

    /// <summary>With more than four categories: what is added to <see cref="L2"/> when a split by category is weighed. Default 10.</summary>
    public double CategoryL2 { get; init; } = 10;

    /// <summary>With more than four categories: those with fewer rows in a leaf are not told apart there, and go where missing ones go. Default 10.</summary>
    public int MinRowsPerCategory { get; init; } = 10;

    /// <summary>How many rounds without a better score on the validation rows end the training. Default 50.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>By how much the score on the validation rows (log_loss, rmse, or what the objective says) must fall to count as better. Default 0.</summary>
    public double MinDelta { get; init; }

    /// <summary>Whether the model ends with the best round by the validation rows, and not with the last. Default true.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    internal const int RoundsWithValidation = 1000;
    internal const int RoundsWithoutValidation = 100;

    internal IEnumerable<Problem> Validate()
    {
        if (Check("MT1401", nameof(Trees), Trees ?? 1, 1, int.MaxValue) is { } trees) yield return trees;
        if (Check("MT1402", nameof(Leaves), Leaves, 2, 65536) is { } leaves) yield return leaves;
        if (Check("MT1403", nameof(MaxDepth), MaxDepth ?? 1, 1, int.MaxValue) is { } depth) yield return depth;
        if (CheckShare("MT1404", nameof(LearningRate), LearningRate) is { } rate) yield return rate;
        if (Check("MT1405", nameof(MinRowsPerLeaf), MinRowsPerLeaf, 1, int.MaxValue) is { } rows) yield return rows;
        if (CheckNotNegative("MT1406", nameof(MinHessianPerLeaf), MinHessianPerLeaf) is { } hessian) yield return hessian;
        if (Check("MT1407", nameof(MaxBins), MaxBins, 2, 255) is { } bins) yield return bins;
        if (CheckNotNegative("MT1408", nameof(L2), L2) is { } l2) yield return l2;
        if (CheckNotNegative("MT1409", nameof(L1), L1) is { } l1) yield return l1;
        if (CheckNotNegative("MT1410", nameof(MinGain), MinGain) is { } gain) yield return gain;
        if (CheckShare("MT1411", nameof(RowFraction), RowFraction) is { } rowFraction) yield return rowFraction;
        if (CheckShare("MT1412", nameof(ColumnFraction), ColumnFraction) is { } columnFraction) yield return columnFraction;
        if (CheckNotNegative("MT1413", nameof(CategorySmoothing), CategorySmoothing) is { } smoothing) yield return smoothing;
        if (CheckNotNegative("MT1414", nameof(CategoryL2), CategoryL2) is { } categoryL2) yield return categoryL2;
        if (Check("MT1415", nameof(MinRowsPerCategory), MinRowsPerCategory, 1, int.MaxValue) is { } categoryRows) yield return categoryRows;
        if (Check("MT1416", nameof(Patience), Patience, 1, int.MaxValue) is { } patience) yield return patience;
        if (Objective is not null) foreach (var problem in Objective.Validate()) yield return problem;
        if (MaxDeltaStep is { } step && !(step > 0)) yield return Problem("MT1421", nameof(MaxDeltaStep), "above 0", step);
        foreach (var both in MonotoneIncreasing.Intersect(MonotoneDecreasing)) yield return new Problem("MT1422", $"MonotoneIncreasing and MonotoneDecreasing both name '{both}'. Predictions that neither rise nor fall with a feature don't need it: leave it out of one, or of the data.");
        if (Dart is not null) foreach (var problem in Dart.Validate()) yield return problem;
        if (CheckNotNegative("MT1417", nameof(MinDelta), MinDelta) is { } delta) yield return delta;
    }

    private static Problem? Check(string id, string option, int value, int least, int most) =>
        value >= least && value <= most ? null : Problem(id, option, most == int.MaxValue ? $"at least {least}" : $"from {least} to {most}", value);

    private static Problem? CheckShare(string id, string option, double value) => value > 0 && value <= 1 ? null : Problem(id, option, "in (0, 1]", value);

    private static Problem? CheckNotNegative(string id, string option, double value) =>
        value >= 0 && double.IsFinite(value) ? null : Problem(id, option, "a finite number of at least 0", value);

    private static Problem Problem<T>(string id, string option, string range, T value)
        where T : INumber<T> =>
        new(id, $"The '{option}' option of Trees.GradientBoosting must be {range}. Got {value.ToString(null, CultureInfo.InvariantCulture)}.");
}
