namespace ModelTraining;

/// <summary>What came of fitting features.</summary>
/// <param name="Fitted">The fitted steps: they go into the model.</param>
/// <param name="Features">The features of all rows of the table. Text that became target means has, in training rows, means that do not know their target.</param>
/// <param name="TrainingRows">The rows to train on: those given, without the ones that cleaning leaves out.</param>
internal sealed record FeatureFit(FittedFeatures Fitted, FeatureSet Features, ReadOnlyMemory<int> TrainingRows);
