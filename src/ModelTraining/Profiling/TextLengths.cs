namespace ModelTraining;

/// <summary>How long the texts of a column are, in characters.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="Mean">On average over the rows.</param>
/// <param name="Max">The longest.</param>
public sealed record TextLengths(int Min, double Mean, int Max);
