namespace ModelTraining;

/// <summary>A trial in an ensemble.</summary>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Share">How much it counts; the shares of all members sum to 1.</param>
public readonly record struct EnsembleMember(int Trial, double Share);
