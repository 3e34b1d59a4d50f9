namespace ModelTraining;

/// <summary>A value of a column and how often it occurs.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Count">The number of rows that have it.</param>
public sealed record ValueCount(string Value, int Count);
