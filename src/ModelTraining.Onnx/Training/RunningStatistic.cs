namespace ModelTraining.Onnx;

/// <summary>A mean or variance that batch normalisation will use, and follows while it trains: kept · Keep + batch · (1 − Keep), as ONNX defines it.</summary>
/// <param name="Constant">The constant of the graph that holds it.</param>
/// <param name="Batch">What it is in a batch.</param>
/// <param name="Keep">How much of it each batch leaves.</param>
internal sealed record RunningStatistic(string Constant, Value Batch, float Keep);
