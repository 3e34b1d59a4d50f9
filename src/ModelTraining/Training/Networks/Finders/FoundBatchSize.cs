using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>What a <see cref="BatchSizeFinder"/> found.</summary>
/// <param name="BatchSize">The batch size that was trained with.</param>
/// <param name="BudgetBytes">The memory that training was allowed to take.</param>
/// <param name="Trials">The sizes that were looked at, the smallest first.</param>
public sealed record FoundBatchSize(int BatchSize, long BudgetBytes, ImmutableArray<BatchSizeTrial> Trials);
