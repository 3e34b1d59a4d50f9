using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Goes through rows of a <see cref="FeatureView"/>. The features, which lie column after column, are turned into rows a block at a time.</summary>
internal sealed class FeatureCursor(FeatureView view, ReadOnlyMemory<int> rows, IReadOnlyCollection<string> active, int[]? order, CancellationToken cancellationToken)
    : RowCursor(view.Schema, rows.Length, active, order, cancellationToken)
{
    private const int BlockValues = 16 * 1024;

    private readonly int _blockRows = Math.Clamp(BlockValues / Math.Max(1, view.Set.Count), 1, Math.Max(1, rows.Length));
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
        var start = Step - (Step % _blockRows);
        if (start != _blockStart) Fill(start);
        var editor = VBufferEditor.Create(ref value, count);
        _block.AsSpan((Step - start) * count, count).CopyTo(editor.Values);
        value = editor.Commit();
    }

    private void Fill(int start)
    {
        var count = view.Set.Count;
        _block ??= new float[_blockRows * count];
        var end = Math.Min(start + _blockRows, rows.Length);
        var all = rows.Span;
        for (var feature = 0; feature < count; feature++)
        {
            var column = view.Set.Column(feature);
            for (var step = start; step < end; step++) _block[((step - start) * count) + feature] = column[all[Place(step)]];
        }

        _blockStart = start;
    }
}
