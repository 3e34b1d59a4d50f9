namespace ModelTraining;

/// <summary>A coefficient or an intercept of a <see cref="LinearModel"/>.</summary>
/// <param name="Name">The feature's name; "(intercept)" for an intercept.</param>
/// <param name="Class">The class whose sum it is part of: of two classes the positive one; null for regression.</param>
/// <param name="Value">By how much the sum grows when the feature grows by 1. Scaled features, which the pipeline makes, have a standard deviation of 1.</param>
/// <param name="StandardError">The standard error; null when there is none, see <see cref="LinearModel"/>.</param>
public sealed record LinearCoefficient(string Name, string? Class, double Value, double? StandardError);
