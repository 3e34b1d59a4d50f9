namespace ModelTraining;

/// <summary>Rows with their truth and what a model said of them.</summary>
public readonly ref struct PredictionBatch
{
    /// <param name="targets">Class positions (0, 1, …) or numbers, one a row.</param>
    /// <param name="outputs">[rows, outputs]: one probability a class, or the predicted number.</param>
    /// <param name="weights">How much each row counts; empty when all count alike.</param>
    /// <param name="threshold">Of two classes, the least probability of the second at which it is predicted; null where the more probable one is.</param>
    public PredictionBatch(ReadOnlySpan<float> targets, ReadOnlySpan<float> outputs, ReadOnlySpan<float> weights = default, float? threshold = null)
    {
        if (targets.Length > 0 && outputs.Length % targets.Length != 0) throw new ArgumentException($"{outputs.Length} outputs are no whole number for each of {targets.Length} rows.", nameof(outputs));
        if (!weights.IsEmpty && weights.Length != targets.Length) throw new ArgumentException($"{targets.Length} rows, {weights.Length} weights.", nameof(weights));
        Targets = targets;
        Outputs = outputs;
        Weights = weights;
        Threshold = threshold;
        OutputCount = targets.Length == 0 ? 0 : outputs.Length / targets.Length;
    }

    /// <summary>The number of rows.</summary>
    public int Count => Targets.Length;

    /// <summary>The numbers a row: one a class, or 1.</summary>
    public int OutputCount { get; }

    /// <summary>Class positions (0, 1, …) or numbers, one a row.</summary>
    public ReadOnlySpan<float> Targets { get; }

    /// <summary>[rows, outputs]: one probability a class, or the predicted number.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>How much each row counts; empty when all count alike.</summary>
    public ReadOnlySpan<float> Weights { get; }

    /// <summary>Of two classes, the least probability of the second at which it is predicted; null where the more probable one is.</summary>
    public float? Threshold { get; }

    /// <summary>In place of <see cref="Threshold"/> one of each row, which several models have predicted, each with a threshold of its own; empty where there is one for all, or none.</summary>
    internal ReadOnlySpan<float> Thresholds { get; init; }

    /// <summary>The outputs of one row.</summary>
    public ReadOnlySpan<float> Row(int row) => Outputs.Slice(row * OutputCount, OutputCount);

    /// <summary>How much a row counts; 1 when all count alike.</summary>
    public double Weight(int row) => Weights.IsEmpty ? 1 : Weights[row];

    /// <summary>The class that is predicted for a row: by <see cref="Threshold"/> where there is one, otherwise that with the largest output, the first of equals.</summary>
    public int PredictedClass(int row)
    {
        var outputs = Row(row);
        if (!Thresholds.IsEmpty && outputs.Length == 2) return outputs[1] >= Thresholds[row] ? 1 : 0;
        if (Threshold is { } threshold && outputs.Length == 2) return outputs[1] >= threshold ? 1 : 0;
        var best = 0;
        for (var i = 1; i < outputs.Length; i++) if (outputs[i] > outputs[best]) best = i;
        return best;
    }
}
