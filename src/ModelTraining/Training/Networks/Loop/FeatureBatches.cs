using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Batches of a table's features: row after row, as a network takes them, copied together once.</summary>
internal sealed class FeatureBatches : IBatchSource
{
    public const string Features = "features";
    public const string Target = "target";
    public const string Weights = "weights";

    private readonly TrainingData _data;
    private readonly float[] _rows;
    private readonly int _width;

    public FeatureBatches(TrainingData data)
    {
        _data = data;
        _width = data.Features.Count;
        _rows = new float[(long)data.Features.RowCount * _width];
        for (var feature = 0; feature < _width; feature++)
        {
            var column = data.Features.Column(feature);
            for (int row = 0, at = feature; row < column.Length; row++, at += _width) _rows[at] = column[row];
        }

        var inputs = ImmutableArray.Create(
            new BatchInput(Features, ElementType.Float, [_width]),
            new BatchInput(Target, data.Target.Task == LearningTask.Regression ? ElementType.Float : ElementType.Int64, []));
        Inputs = data.Weights.IsEmpty ? inputs : inputs.Add(new BatchInput(Weights, ElementType.Float, []));
    }

    public ImmutableArray<BatchInput> Inputs { get; }

    public void Fill(TrainingBatch batch, ReadOnlySpan<int> rows)
    {
        var features = batch.Floats(0);
        for (var i = 0; i < rows.Length; i++) _rows.AsSpan(rows[i] * _width, _width).CopyTo(features[(i * _width)..]);
        var target = _data.Target.Values;
        if (_data.Target.Task == LearningTask.Regression)
        {
            var numbers = batch.Floats(1);
            for (var i = 0; i < rows.Length; i++) numbers[i] = target[rows[i]];
        }
        else
        {
            var classes = batch.Integers(1);
            for (var i = 0; i < rows.Length; i++) classes[i] = (long)target[rows[i]];
        }

        if (Inputs.Length == 2) return;
        var weights = batch.Floats(2);
        for (var i = 0; i < rows.Length; i++) weights[i] = _data.Weights[rows[i]];
    }

    public double Weight(ReadOnlySpan<int> rows)
    {
        if (_data.Weights.IsEmpty) return rows.Length;
        var sum = 0.0;
        foreach (var row in rows) sum += _data.Weights[row];
        return sum;
    }
}
