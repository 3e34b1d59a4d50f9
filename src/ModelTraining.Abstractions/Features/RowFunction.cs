namespace ModelTraining;

/// <summary>A feature that a function of the caller computes from a row.</summary>
/// <param name="Name">The name of its column.</param>
/// <param name="Type">What it gives: numbers or text.</param>
/// <param name="Function">Gives the value, null or not a number where missing.</param>
internal sealed record RowFunction(string Name, ColumnType Type, Func<FeatureRow, object?> Function);
