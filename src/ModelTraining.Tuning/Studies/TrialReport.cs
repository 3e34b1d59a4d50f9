namespace ModelTraining;

/// <summary>What a trial said of itself on its way.</summary>
/// <param name="Step">How far it was: trees, epochs, rows. Rises from report to report.</param>
/// <param name="Value">The objective by then.</param>
public readonly record struct TrialReport(int Step, double Value);
