using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Goes through rows of a <see cref="FeatureView"/>. The features, which lie column after column, are turned into rows a block at a time, where they are not kept as rows.</summary>
internal sealed class FeatureCursor(FeatureView view, ReadOnlyMemory<int> rows, IReadOnlyCollection<string> active, int[]? order, CancellationToken cancellationToken)
    : RowCursor(view.Schema, rows.Length, active, order, cancellationToken)
{
    private readonly int _blockRows = Math.Min(Transposition.Rows(view.Set.Count), Math.Max(1, rows.Length));
    private int[]? _places;
    private float[]? _block;
    private int _blockStart = -1;

    /// <summary>Where the current row stands in the features.</summary>
    private int Row => rows.Span[Place(Step)];

    protected override Delegate Getter(DataViewSchema.Column column) => (column.Name, view.Data) switch
    {
        (FeatureView.Features, _) => (ValueGetter<VBuffer<float>>)GetFeatures,
        (FeatureView.Label, { Target.Task: LearningTask.BinaryClassification } data) => (ValueGetter<bool>)((ref bool value) => value = data.Target.Values[Row] != 0),
        (FeatureView.Label, { Target.Task: LearningTask.MulticlassClassification } data) => (ValueGetter<uint>)((ref uint value) => value = (uint)data.Target.Values[Row] + 1),
        (FeatureView.Label, { } data) => (ValueGetter<float>)((ref float value) => value = data.Target.Values[Row]),
        (FeatureView.Weight, { } data) => (ValueGetter<float>)((ref float value) => value = data.Weights[Row]),
        _ => throw new ArgumentException($"There is no column '{column.Name}'.", nameof(column)),
    };

    private void GetFeatures(ref VBuffer<float> value)
    {
        var count = view.Set.Count;
        var editor = VBufferEditor.Create(ref value, count);
        if (view.Kept is { } kept)
        {
            kept.Row(Place(Step)).CopyTo(editor.Values);
        }
        else
        {
            var start = Step - (Step % _blockRows);
            if (start != _blockStart) Fill(start);
            _block.AsSpan((Step - start) * count, count).CopyTo(editor.Values);
        }

        value = editor.Commit();
    }

    private void Fill(int start)
    {
        var count = view.Set.Count;
        _block ??= new float[_blockRows * count];
        _places ??= new int[_blockRows];
        var taken = Math.Min(_blockRows, rows.Length - start);
        var all = rows.Span;
        for (var i = 0; i < taken; i++) _places[i] = all[Place(start + i)];
        Transposition.Fill(view.Set, _places.AsSpan(0, taken), _block.AsSpan(0, taken * count));
        _blockStart = start;
    }
}
