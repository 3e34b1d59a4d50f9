namespace ModelTraining;

/// <summary>A split of a tree. A child that is not negative is a split, another is the complement of a leaf's position.</summary>
internal sealed class GrownSplit
{
    public required BinColumn Column { get; init; }

    public required SplitCandidate Split { get; init; }

    /// <summary>By how much it lowered the loss, as <see cref="GradientBoostingOptions.MinGain"/> counts it.</summary>
    public required double Gain { get; init; }

    public required int Left { get; set; }

    public required int Right { get; set; }

    /// <summary>Puts another child in the place of one.</summary>
    public void Replace(int child, int by)
    {
        if (Left == child) Left = by;
        else Right = by;
    }
}
