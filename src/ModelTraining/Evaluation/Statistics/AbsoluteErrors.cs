namespace ModelTraining;

/// <summary>The sizes of the rows' errors, kept to be sorted. Costs twelve bytes a row.</summary>
internal sealed class AbsoluteErrors : IStatistic<AbsoluteErrors>
{
    private readonly List<double> _sizes = [];
    private readonly List<float> _weights = [];
    private double[] _sorted = [];
    private float[] _sortedWeights = [];
    private int[]? _order;

    public static AbsoluteErrors Start(int classCount) => new();

    /// <summary>The size that half of the weight is below; NaN where a size is no number, or nothing counts.</summary>
    public double Median
    {
        get
        {
            if (_order is null) Sort([.. _sizes], [.. _weights]);
            var half = 0.0;
            foreach (var weight in _sortedWeights) half += weight;
            half /= 2;
            if (half == 0 || (_sorted.Length > 0 && double.IsNaN(_sorted[0]))) return double.NaN; // NaN sorts before numbers
            var below = 0.0;
            for (var i = 0; i < _sorted.Length; i++)
            {
                below += _sortedWeights[i];
                if (below < half || _sortedWeights[i] == 0) continue;
                if (below > half) return _sorted[i];
                for (var next = i + 1; next < _sorted.Length; next++) if (_sortedWeights[next] > 0) return (_sorted[i] + _sorted[next]) / 2;
            }

            return double.NaN;
        }
    }

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            if (batch.Weight(row) == 0) continue;
            _sizes.Add(Size(batch, row));
            _weights.Add((float)batch.Weight(row));
        }
    }

    public void Prepare(PredictionBatch rows)
    {
        var sizes = new double[rows.Count];
        for (var row = 0; row < sizes.Length; row++) sizes[row] = Size(rows, row);
        _order = [.. Enumerable.Range(0, sizes.Length)];
        Array.Sort(sizes, _order);
        (_sorted, _sortedWeights) = (sizes, new float[sizes.Length]);
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        for (var i = 0; i < _sortedWeights.Length; i++) _sortedWeights[i] = weights[_order![i]];
    }

    private void Sort(double[] sizes, float[] weights)
    {
        Array.Sort(sizes, weights);
        (_sorted, _sortedWeights) = (sizes, weights);
    }

    private static double Size(PredictionBatch batch, int row) => Math.Abs((double)batch.Targets[row] - batch.Outputs[row]);
}
