namespace ModelTraining;

/// <summary>The learning curve.</summary>
/// <param name="Metric">The key of the metric, for example log_loss.</param>
/// <param name="Unit">What a step is: trees, epochs.</param>
/// <param name="Training">The metric on the training part after each step.</param>
/// <param name="Validation">The metric on the validation part after each step; empty when there was none.</param>
/// <param name="BestStep">The step, from 1, that the model is from.</param>
public sealed record TrainingHistory(string Metric, string Unit, IReadOnlyList<double> Training, IReadOnlyList<double> Validation, int BestStep);
