namespace ModelTraining;

/// <summary>From when to when the dates of a column are.</summary>
/// <param name="Earliest">The first.</param>
/// <param name="Latest">The last.</param>
public sealed record DateRange(DateTime Earliest, DateTime Latest);
