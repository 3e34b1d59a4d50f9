namespace ModelTraining;

/// <summary>Columns that lack their values in nearly the same rows.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Count">The number of rows in which all of them are missing.</param>
public sealed record MissingGroup(IReadOnlyList<string> Columns, int Count);
