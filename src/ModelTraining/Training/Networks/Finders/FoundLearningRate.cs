using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>What a <see cref="LearningRateFinder"/> found.</summary>
/// <param name="LearningRate">The rate that was trained with: where the smoothed loss falls most steeply over the logarithm of the rate.</param>
/// <param name="MinimumTenth">A tenth of the rate at which the smoothed loss is least, the other rule in use.</param>
/// <param name="Diverged">Whether the sweep ended because the loss rose too far or was not finite any more, and not with the largest rate.</param>
/// <param name="Points">The updates of the sweep.</param>
public sealed record FoundLearningRate(double LearningRate, double MinimumTenth, bool Diverged, ImmutableArray<LearningRatePoint> Points);
