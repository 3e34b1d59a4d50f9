namespace ModelTraining;

/// <summary>Options of <see cref="ModelTraining.Neighbors.KNearest"/>.</summary>
public sealed record KNearestOptions
{
    /// <summary>How many of the nearest training rows predict together, at least 1; all rows where there are fewer. Default 5.</summary>
    public int Neighbors { get; init; } = 5;

    internal IEnumerable<Problem> Validate()
    {
        if (Neighbors < 1) yield return new Problem("MT1470", $"The 'Neighbors' option of Neighbors.KNearest must be at least 1. Got {Neighbors}.");
    }
}
