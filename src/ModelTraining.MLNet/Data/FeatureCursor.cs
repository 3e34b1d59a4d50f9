using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Goes through rows of a <see cref="FeatureView"/>. The features, which lie column after column, are turned into rows a block at a time.</summary>
internal sealed class FeatureCursor : DataViewRowCursor
{
    private const int BlockValues = 16 * 1024;

    private readonly FeatureView _view;
    private readonly ReadOnlyMemory<int> _rows;
    private readonly IReadOnlyCollection<string> _active;
    private readonly int[]? _order;
    private readonly CancellationToken _cancellationToken;
    private readonly int _blockRows;
    private float[]? _block;
    private int _blockStart = -1;
    private int _position = -1;

    public FeatureCursor(FeatureView view, ReadOnlyMemory<int> rows, IReadOnlyCollection<string> active, int[]? order, CancellationToken cancellationToken)
    {
        (_view, _rows, _active, _order, _cancellationToken) = (view, rows, active, order, cancellationToken);
        _blockRows = Math.Clamp(BlockValues / Math.Max(1, view.Set.Count), 1, Math.Max(1, rows.Length));
    }

    public override DataViewSchema Schema => _view.Schema;

    public override long Position => _position;

    public override long Batch => 0;

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Name);

    public override bool MoveNext()
    {
        if (_position >= _rows.Length) return false;
        _position++;
        if (_position % _blockRows == 0) _cancellationToken.ThrowIfCancellationRequested();
        return _position < _rows.Length;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Place(_position), 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        Delegate getter = (column.Name, _view.Data) switch
        {
            (FeatureView.Features, _) => (ValueGetter<VBuffer<float>>)GetFeatures,
            (FeatureView.Label, { Target.Task: LearningTask.BinaryClassification } data) => (ValueGetter<bool>)((ref bool value) => value = data.Target.Values[Row] != 0),
            (FeatureView.Label, { Target.Task: LearningTask.MulticlassClassification } data) => (ValueGetter<uint>)((ref uint value) => value = (uint)data.Target.Values[Row] + 1),
            (FeatureView.Label, { } data) => (ValueGetter<float>)((ref float value) => value = data.Target.Values[Row]),
            (FeatureView.Weight, { } data) => (ValueGetter<float>)((ref float value) => value = data.Weights[Row]),
            _ => throw new ArgumentException($"There is no column '{column.Name}'.", nameof(column)),
        };
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue).Name}.");
    }

    /// <summary>Where the current row stands in the features.</summary>
    private int Row => _rows.Span[Place(_position)];

    private int Place(int position) => _order is null ? position : _order[position];

    private void GetFeatures(ref VBuffer<float> value)
    {
        var count = _view.Set.Count;
        var start = _position - (_position % _blockRows);
        if (start != _blockStart) Fill(start);
        var editor = VBufferEditor.Create(ref value, count);
        _block.AsSpan((_position - start) * count, count).CopyTo(editor.Values);
        value = editor.Commit();
    }

    private void Fill(int start)
    {
        var count = _view.Set.Count;
        _block ??= new float[_blockRows * count];
        var end = Math.Min(start + _blockRows, _rows.Length);
        var rows = _rows.Span;
        for (var feature = 0; feature < count; feature++)
        {
            var column = _view.Set.Column(feature);
            for (var position = start; position < end; position++) _block[((position - start) * count) + feature] = column[rows[Place(position)]];
        }

        _blockStart = start;
    }
}
