namespace ModelTraining;

/// <summary>What is true of a row, and what was predicted.</summary>
internal readonly record struct PredictedValue(float Actual, float Predicted);
