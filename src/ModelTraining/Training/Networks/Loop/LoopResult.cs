namespace ModelTraining;

/// <summary>What a training loop ended with.</summary>
/// <param name="Weights">The model's tensors by name.</param>
/// <param name="History">The learning curve.</param>
/// <param name="Status">How it ended.</param>
internal sealed record LoopResult(IReadOnlyDictionary<string, float[]> Weights, TrainingHistory History, RunStatus Status);
