using System.Collections;

namespace ModelTraining;

/// <summary>What a model says of many rows, in their order, stored without an object a row. Safe to read from many threads.</summary>
public sealed class PredictionTable : IReadOnlyList<Prediction>
{
    private readonly float[] _scores;
    private readonly int[] _predicted;

    internal PredictionTable(IReadOnlyList<string> classes, int rows)
    {
        Classes = classes;
        Count = rows;
        OutputCount = Math.Max(classes.Count, 1);
        _scores = new float[checked(rows * OutputCount)];
        _predicted = classes.Count > 0 ? new int[rows] : [];
    }

    /// <summary>The classes in the order of the probabilities; empty for regression.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The numbers a row: one a class, or 1 for regression.</summary>
    public int OutputCount { get; }

    /// <summary>[rows, <see cref="OutputCount"/>] numbers, row after row: probabilities that sum to 1, or the predicted number.</summary>
    public ReadOnlySpan<float> Scores => _scores;

    /// <summary>The position in <see cref="Classes"/> of the class that each row got; empty for regression.</summary>
    public ReadOnlySpan<int> PredictedClasses => _predicted;

    /// <summary>What the model says of a row.</summary>
    public Prediction this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new Prediction(Classes, _scores, index * OutputCount, _predicted.Length == 0 ? -1 : _predicted[index]);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Prediction> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Takes the outputs of a batch whose first row is row <paramref name="start"/>.</summary>
    internal void Take(BoundBatch batch, int start)
    {
        batch.Scores.CopyTo(_scores.AsSpan(start * OutputCount));
        if (_predicted.Length == 0) return;
        for (var i = 0; i < batch.Rows; i++) _predicted[start + i] = batch.Class(i);
    }
}
