namespace ModelTraining;

/// <summary>Something in the data that deserves a look.</summary>
/// <param name="Issue">What kind of thing.</param>
/// <param name="Column">The column; null when it is about rows.</param>
/// <param name="Message">What was found, and what can be done.</param>
public sealed record ProfileWarning(ProfileIssue Issue, string? Column, string Message);
