namespace ModelTraining;

/// <summary>A feature as a trainer sees it.</summary>
/// <param name="Name">The name, unique among the features.</param>
/// <param name="Kind">How its numbers are to be read.</param>
/// <param name="Cardinality">The number of categories; 0 for a quantity.</param>
public sealed record FeatureInfo(string Name, FeatureKind Kind = FeatureKind.Numeric, int Cardinality = 0);
