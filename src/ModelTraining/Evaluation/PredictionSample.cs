namespace ModelTraining;

/// <summary>Keeps rows evenly spread over all that are evaluated, for pictures. Not thread-safe.</summary>
/// <param name="rowCount">The number of all rows that will come.</param>
internal sealed class PredictionSample(int rowCount)
{
    public const int MostRows = 1000;

    private readonly int _size = Math.Min(rowCount, MostRows);
    private readonly List<PredictedValue> _values = [];
    private int _seen;

    public IReadOnlyList<PredictedValue> Values => _values;

    /// <summary>Takes the next rows in.</summary>
    public void Add(ReadOnlySpan<float> targets, ReadOnlySpan<float> predictions)
    {
        for (; _values.Count < _size; )
        {
            var next = (int)((long)_values.Count * rowCount / _size) - _seen;
            if (next >= targets.Length) break;
            _values.Add(new PredictedValue(targets[next], predictions[next]));
        }

        _seen += targets.Length;
    }
}
