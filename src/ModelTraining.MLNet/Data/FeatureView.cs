using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>
/// Rows of features as ML.NET reads them: a vector 'Features', and for training 'Label' and maybe 'Weight'. Nothing is copied but a block of rows a cursor.
/// Shuffles as ML.NET's own cache of rows does, so that the same seed gives the same order.
/// </summary>
internal sealed class FeatureView : IDataView
{
    public const string Features = "Features";
    public const string Label = "Label";
    public const string Weight = "Weight";

    private readonly ReadOnlyMemory<int> _rows;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Rows to predict.</summary>
    public FeatureView(FeatureSet features, ReadOnlyMemory<int> rows)
    {
        (Set, _rows) = (features, rows);
        Schema = SchemaOf(features, null, false);
    }

    /// <summary>Rows to learn from.</summary>
    /// <param name="data">The data.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="keepRows">Whether the features are copied as rows once, for a trainer that passes over them often.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <param name="threads">How many threads copy at most.</param>
    public FeatureView(TrainingData data, ReadOnlyMemory<int> rows, bool keepRows, CancellationToken cancellationToken, int threads = 1)
    {
        if (keepRows) Kept = new KeptRows(data.Features, rows, threads);
        (Set, _rows, Data, _cancellationToken) = (data.Features, rows, data, cancellationToken);
        Schema = SchemaOf(data.Features, data.Target, !data.Weights.IsEmpty);
    }

    public FeatureSet Set { get; }

    /// <summary>Label and weights; null where rows are predicted.</summary>
    public TrainingData? Data { get; }

    /// <summary>The features as rows; null where they are turned into rows as they are read.</summary>
    public KeptRows? Kept { get; }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new FeatureCursor(this, _rows, [.. columnsNeeded.Select(column => column.Name)], rand is null ? null : RowCursor.Permutation(rand, _rows.Length), _cancellationToken);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    private static DataViewSchema SchemaOf(FeatureSet features, Target? target, bool weights)
    {
        var schema = new DataViewSchema.Builder();
        var names = new DataViewSchema.Annotations.Builder();
        names.Add<VBuffer<ReadOnlyMemory<char>>>("SlotNames", new VectorDataViewType(TextDataViewType.Instance, features.Count), (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            var editor = VBufferEditor.Create(ref value, features.Count);
            for (var i = 0; i < features.Count; i++) editor.Values[i] = features.Features[i].Name.AsMemory();
            value = editor.Commit();
        });
        schema.AddColumn(Features, new VectorDataViewType(NumberDataViewType.Single, features.Count), names.ToAnnotations());
        if (target is null) return schema.ToSchema();
        schema.AddColumn(Label, target.Task switch
        {
            LearningTask.BinaryClassification => BooleanDataViewType.Instance,
            LearningTask.MulticlassClassification => new KeyDataViewType(typeof(uint), target.Classes.Count),
            _ => NumberDataViewType.Single,
        });
        if (weights) schema.AddColumn(Weight, NumberDataViewType.Single);
        return schema.ToSchema();
    }
}
