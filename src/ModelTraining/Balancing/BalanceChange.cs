namespace ModelTraining;

/// <summary>What one <c>Balance</c> did.</summary>
/// <param name="Method">What was done, for example Resample.Smote.</param>
/// <param name="Classes">Each class before and after, in the order of the label's classes.</param>
public sealed record BalanceChange(string Method, IReadOnlyList<ClassBalance> Classes);
