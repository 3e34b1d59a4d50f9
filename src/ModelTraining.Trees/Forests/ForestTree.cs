namespace ModelTraining;

/// <summary>A tree of a forest with what it says of the rows that score it.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Rows">The rows out of its bag; all where it drew all.</param>
/// <param name="Values">The leaf's value of each of these rows.</param>
internal sealed record ForestTree(DecisionTree Tree, int[] Rows, float[] Values);
