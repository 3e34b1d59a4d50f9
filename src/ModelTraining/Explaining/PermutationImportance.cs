namespace ModelTraining;

/// <summary>
/// How much worse a model gets on the test part when the values of a column are put into random order among the rows (Breiman, "Random Forests", Machine Learning 45,
/// 2001): what the model has by this column that it can't have by others. The column is permuted before all preprocessing, so that what is made of it moves together.
/// </summary>
/// <param name="Column">The column, as the model takes it.</param>
/// <param name="Mean">By how much the metric got worse, the mean of the repeats, positive where it did; about 0 for a column that does not matter.</param>
/// <param name="Deviation">The standard deviation of the repeats, of all of them as scikit-learn's importances_std.</param>
public sealed record PermutationImportance(string Column, double Mean, double Deviation);
