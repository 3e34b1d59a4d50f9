namespace ModelTraining;

/// <summary>How long a stage of a run took.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Duration">The time it took.</param>
public sealed record StageTiming(string Stage, TimeSpan Duration);
