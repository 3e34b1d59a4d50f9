namespace ModelTraining;

/// <summary>What boosting goes on from.</summary>
/// <param name="Trees">The trees that stay.</param>
/// <param name="BaseScores">What each output starts from.</param>
internal sealed record BoostingStart(IReadOnlyList<DecisionTree> Trees, float[] BaseScores);
