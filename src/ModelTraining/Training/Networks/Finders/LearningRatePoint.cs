namespace ModelTraining;

/// <summary>An update of the sweep of a <see cref="LearningRateFinder"/>.</summary>
/// <param name="LearningRate">Its rate.</param>
/// <param name="Loss">
/// The loss of its rows, before it, without what these rows lose more or less than others under the first weights: what is left is what the rates so far have done.
/// </param>
/// <param name="SmoothedLoss">The mean over neighbouring updates, weighted by a Gaussian whose deviation is 3 % of the sweep; losses above that of the first weights count as that.</param>
public sealed record LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);
