namespace ModelTraining;

/// <summary>What a fold of a time series takes of the rows in their order.</summary>
/// <param name="Gap">The rows between the newest that are learned from and the oldest that are measured on.</param>
/// <param name="TestSize">The rows to measure on; null for all rows divided by one more than there are folds.</param>
/// <param name="MaxTrainSize">The most rows to learn from, the newest; null for all.</param>
internal sealed record TimeWindow(int Gap = 0, int? TestSize = null, int? MaxTrainSize = null);
