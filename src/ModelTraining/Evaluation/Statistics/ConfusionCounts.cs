namespace ModelTraining;

/// <summary>How often each class was predicted for rows of each class, by weight.</summary>
internal sealed class ConfusionCounts : IStatistic<ConfusionCounts>
{
    private readonly int _classCount;

    // [actual, predicted]. Weights have 24 bits, so that a double holds their sums exactly unless they differ by many powers of two.
    private readonly double[] _cells;
    private int[] _cellOf = [];

    private ConfusionCounts(int classCount) => (_classCount, _cells) = (classCount, new double[classCount * classCount]);

    public static ConfusionCounts Start(int classCount) => new(classCount);

    public int ClassCount => _classCount;

    public double this[int actual, int predicted] => _cells[actual * _classCount + predicted];

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++) _cells[(int)batch.Targets[row] * _classCount + batch.PredictedClass(row)] += batch.Weight(row);
    }

    /// <summary>Counts rows in, or out again by a negative weight.</summary>
    public void Add(int actual, int predicted, double weight) => _cells[actual * _classCount + predicted] += weight;

    public void Prepare(PredictionBatch rows)
    {
        _cellOf = new int[rows.Count];
        for (var row = 0; row < _cellOf.Length; row++) _cellOf[row] = (int)rows.Targets[row] * _classCount + rows.PredictedClass(row);
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        Array.Clear(_cells);
        for (var row = 0; row < weights.Length; row++) _cells[_cellOf[row]] += weights[row];
    }

    /// <summary>All classes in their order.</summary>
    public ClassCounts[] Classes()
    {
        var classes = new ClassCounts[_classCount];
        for (var i = 0; i < _classCount; i++)
        {
            double actual = 0, predicted = 0;
            for (var j = 0; j < _classCount; j++)
            {
                actual += this[i, j];
                predicted += this[j, i];
            }

            classes[i] = new ClassCounts(this[i, i], predicted, actual);
        }

        return classes;
    }

    /// <summary>All classes as one: what is right, out of all rows.</summary>
    public ClassCounts Together()
    {
        double hits = 0, all = 0;
        for (var i = 0; i < _classCount; i++) hits += this[i, i];
        foreach (var cell in _cells) all += cell;
        return new ClassCounts(hits, all, all);
    }
}
