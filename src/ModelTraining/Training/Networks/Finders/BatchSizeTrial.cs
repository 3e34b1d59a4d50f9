namespace ModelTraining;

/// <summary>A batch size that a <see cref="BatchSizeFinder"/> looked at.</summary>
/// <param name="BatchSize">The rows of the batch.</param>
/// <param name="ExpectedBytes">The memory that it was expected to take, by the shapes of the network and what smaller batches took.</param>
/// <param name="PeakBytes">The memory that steps with it took, weights and optimizer included; null where it was not tried, since that would have gone beyond the budget, or where the memory was refused.</param>
public sealed record BatchSizeTrial(int BatchSize, long ExpectedBytes, long? PeakBytes);
