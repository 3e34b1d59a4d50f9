namespace ModelTraining;

/// <summary>The rows that a model was evaluated on: truth, what the model said, and how much each counts. Immutable.</summary>
/// <param name="Targets">Class positions or numbers, one a row.</param>
/// <param name="Outputs">[rows, outputs].</param>
/// <param name="Weights">Empty when all rows count alike.</param>
/// <param name="ClassCount">The number of classes; 0 for regression.</param>
/// <param name="Threshold">Of two classes, the least probability of the second at which it is predicted; null where the more probable one is.</param>
internal sealed record EvaluatedRows(float[] Targets, float[] Outputs, float[] Weights, int ClassCount, float? Threshold = null)
{
    public int Count => Targets.Length;

    /// <summary>Of each row the threshold of the model that predicted it; empty where one model, or none, has one.</summary>
    public float[] Thresholds { get; init; } = [];

    public PredictionBatch Batch() => Batch(Weights);

    public PredictionBatch Batch(ReadOnlySpan<float> weights) => new(Targets, Outputs, weights, Threshold) { Thresholds = Thresholds };

    public EvaluatedRows Take(ReadOnlySpan<int> rows)
    {
        var width = Math.Max(1, ClassCount);
        var (targets, outputs, weights) = (new float[rows.Length], new float[rows.Length * width], new float[Weights.Length == 0 ? 0 : rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            targets[i] = Targets[rows[i]];
            Outputs.AsSpan(rows[i] * width, width).CopyTo(outputs.AsSpan(i * width));
            if (weights.Length > 0) weights[i] = Weights[rows[i]];
        }

        float[] thresholds = Thresholds.Length == 0 ? [] : [.. rows.ToArray().Select(row => Thresholds[row])];
        return this with { Targets = targets, Outputs = outputs, Weights = weights, Thresholds = thresholds };
    }
}
