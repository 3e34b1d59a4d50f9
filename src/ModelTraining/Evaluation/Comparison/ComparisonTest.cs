namespace ModelTraining;

/// <summary>A statistical test of two runs on the same rows.</summary>
/// <param name="Name">The test's name, for example DeLong.</param>
/// <param name="Metric">The key of the metric that it is about.</param>
/// <param name="Statistic">The test's statistic: z, t, χ² or, of few rows, the smaller count.</param>
/// <param name="PValue">How likely a difference of this size or more would be, were there none; NaN when the test is not defined for the rows.</param>
/// <param name="Detail">What was tested, in a few words.</param>
public sealed record ComparisonTest(string Name, string Metric, double Statistic, double PValue, string Detail);
