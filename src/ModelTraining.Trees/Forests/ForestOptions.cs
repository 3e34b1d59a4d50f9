using System.Globalization;

namespace ModelTraining;

/// <summary>Options of <see cref="Trees.RandomForest"/> and <see cref="Trees.ExtraTrees"/>. The defaults are good for most tables.</summary>
public sealed record ForestOptions
{
    /// <summary>The number of trees, of three or more classes for each. Default 100.</summary>
    public int Trees { get; init; } = 100;

    /// <summary>The most leaves of a tree, 2 to 65536; those that gain most are split first. Default 4096.</summary>
    public int Leaves { get; init; } = 4096;

    /// <summary>The most splits between root and leaf. Default null: no limit.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>The fewest training rows of a leaf. Default 2.</summary>
    public int MinRowsPerLeaf { get; init; } = 2;

    /// <summary>
    /// The share of the training rows that each tree draws without putting any back, in (0, 1]; below 1, the other rows are out of its bag, and the learning
    /// curve is of what the trees predict for those; at 1 it is of the rows they were grown on. Default null: 0.632 of a random forest, as a bootstrap sample has that many different rows; 1 of extra trees.
    /// </summary>
    public double? RowFraction { get; init; }

    /// <summary>
    /// The share of the features that each split draws on average, in (0, 1]; at least one is drawn. Default null: the root of their number where classes are
    /// predicted, 0.6 where numbers are; of extra trees that predict numbers 1.
    /// </summary>
    public double? ColumnFraction { get; init; }

    /// <summary>The most bins that a quantity's values fall into, 2 to 255; missing values have one more. Default 255.</summary>
    public int MaxBins { get; init; } = 255;

    internal IEnumerable<Problem> Validate(string trainer)
    {
        if (Trees < 1) yield return Wrong(trainer, "MT1460", nameof(Trees), "at least 1", Trees);
        if (Leaves is < 2 or > 65536) yield return Wrong(trainer, "MT1461", nameof(Leaves), "from 2 to 65536", Leaves);
        if (MaxDepth < 1) yield return Wrong(trainer, "MT1462", nameof(MaxDepth), "at least 1", MaxDepth.Value);
        if (MinRowsPerLeaf < 1) yield return Wrong(trainer, "MT1463", nameof(MinRowsPerLeaf), "at least 1", MinRowsPerLeaf);
        if (RowFraction is { } rows && !(rows > 0 && rows <= 1)) yield return Wrong(trainer, "MT1464", nameof(RowFraction), "in (0, 1]", rows);
        if (ColumnFraction is { } columns && !(columns > 0 && columns <= 1)) yield return Wrong(trainer, "MT1465", nameof(ColumnFraction), "in (0, 1]", columns);
        if (MaxBins is < 2 or > 255) yield return Wrong(trainer, "MT1466", nameof(MaxBins), "from 2 to 255", MaxBins);
    }

    private static Problem Wrong(string trainer, string id, string option, string range, double value) =>
        new(id, string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of {trainer} must be {range}. Got {value}."));
}
