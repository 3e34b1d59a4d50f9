namespace ModelTraining;

/// <summary>The training or the validation rows as the loops want them: in ascending order, without those of no weight.</summary>
internal sealed unsafe class RowPart
{
    private readonly TrainingData _data;

    /// <param name="data">The data, which <see cref="DataCheck"/> has found good.</param>
    /// <param name="tableRows">The rows of this part.</param>
    public RowPart(TrainingData data, ReadOnlyMemory<int> tableRows)
    {
        _data = data;
        TableRows = WithWeight(Ascending(tableRows), data.Weights);
        TotalWeight = Rows;
        if (data.Weights.IsEmpty) return;
        var weights = PinnedArray.ForRows<float>(Rows);
        var (total, alike) = (0.0, true);
        for (var row = 0; row < Rows; row++)
        {
            weights[row] = data.Weights[TableRows.Span[row]];
            total += weights[row];
            alike &= weights[row] == 1;
        }

        (Weights, TotalWeight) = (alike ? null : weights, total);
    }

    public LearningTask Task => _data.Target.Task;

    /// <summary>The number of classes; 0 for regression.</summary>
    public int Classes => _data.Target.Classes.Count;

    public FeatureSet Features => _data.Features;

    /// <summary>The number of rows that count. "Row" means the position among these, unless it says table.</summary>
    public int Rows => TableRows.Length;

    /// <summary>The row of the table that each row is, ascending.</summary>
    public ReadOnlyMemory<int> TableRows { get; }

    /// <summary>The weight of each row, pinned; null when all are 1.</summary>
    public float[]? Weights { get; }

    /// <summary>Null when all weights are 1.</summary>
    public float* WeightsPointer => Weights is null ? null : Weights.Pointer();

    public double TotalWeight { get; }

    public float Target(int row) => _data.Target.Values[TableRows.Span[row]];

    public float Weight(int row) => Weights is null ? 1 : Weights[row];

    private static ReadOnlyMemory<int> Ascending(ReadOnlyMemory<int> rows)
    {
        var span = rows.Span;
        for (var i = 1; i < span.Length; i++)
        {
            if (span[i] >= span[i - 1]) continue;
            var sorted = span.ToArray();
            Array.Sort(sorted);
            return sorted;
        }

        return rows;
    }

    private static ReadOnlyMemory<int> WithWeight(ReadOnlyMemory<int> rows, ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty) return rows;
        var count = 0;
        foreach (var row in rows.Span) if (weights[row] > 0) count++;
        if (count == rows.Length) return rows;
        var kept = new int[count];
        count = 0;
        foreach (var row in rows.Span) if (weights[row] > 0) kept[count++] = row;
        return kept;
    }
}
