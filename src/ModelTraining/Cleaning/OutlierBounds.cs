namespace ModelTraining;

/// <summary>The bounds beyond which a number is an outlier, and what becomes of it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Low">The smallest number that is none.</param>
/// <param name="High">The largest number that is none.</param>
/// <param name="Action">What becomes of outliers.</param>
/// <param name="Flag">The column that says which they are; null when there is none.</param>
internal sealed record OutlierBounds(string Column, float Low, float High, OutlierAction Action, string? Flag)
{
    /// <summary>Whether a number is an outlier. A missing one is not.</summary>
    public bool IsBeyond(float value) => value < Low || value > High;

    /// <summary>The number, or the bound that it is beyond.</summary>
    public float Clip(float value) => value < Low ? Low : value > High ? High : value;
}
