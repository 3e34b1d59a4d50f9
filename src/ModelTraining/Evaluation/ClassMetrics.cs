namespace ModelTraining;

/// <summary>How well one class is told from the others.</summary>
/// <param name="Class">The class's name.</param>
/// <param name="Precision">Of the rows predicted to be of the class, the share that are; 0 when none is predicted.</param>
/// <param name="Recall">Of the rows of the class, the share predicted to be; 0 when there are none.</param>
/// <param name="F1Score">The harmonic mean of both; 0 when the class does not occur.</param>
/// <param name="Support">The rows of the class; the sum of their weights when rows have weights.</param>
public sealed record ClassMetrics(string Class, double Precision, double Recall, double F1Score, double Support);
