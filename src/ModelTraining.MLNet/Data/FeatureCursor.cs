using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Goes through rows of a <see cref="FeatureView"/>. The features, which lie column after column, are turned into rows a block at a time, where they are not kept as rows.</summary>
internal sealed class FeatureCursor(FeatureView view, ReadOnlyMemory<int> rows, IReadOnlyCollection<string> active, int[]? order, CancellationToken cancellationToken)
    : RowCursor(view.Schema, rows.Length, active, order, cancellationToken)
{
    private readonly int _blockRows = Transposition.Rows(view.Set.Count);
    private readonly KeptRows? _kept = view.Kept;
    private readonly int _count = view.Set.Count;
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
        var editor = VBufferEditor.Create(ref value, _count);
        if (_kept is not null)
        {
            _kept.Row(Place(Step)).CopyTo(editor.Values);
        }
        else
        {
            var start = Step & -_blockRows;
            if (start != _blockStart) Fill(start);
            _block.AsSpan((Step - start) * _count, _count).CopyTo(editor.Values);
        }

        value = editor.Commit();
    }

    private void Fill(int start)
    {
        _block ??= new float[Math.Min(_blockRows, rows.Length) * _count];
        _places ??= new int[Math.Min(_blockRows, rows.Length)];
        var taken = Math.Min(_blockRows, rows.Length - start);
        var all = rows.Span;
        for (var i = 0; i < taken; i++) _places[i] = all[Place(start + i)];
        Transposition.Fill(view.Set, _places.AsSpan(0, taken), _block.AsSpan(0, taken * _count));
        _blockStart = start;
    }
}
