using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>Pairs of categories as ML.NET reads them: two keys, and for training a 'Label'. Nothing is copied.</summary>
internal sealed class PairView : IDataView
{
    public const string First = "MatrixColumnIndex";
    public const string Second = "MatrixRowIndex";
    public const string Label = "Label";

    private readonly TrainingData _data;
    private readonly CancellationToken _cancellationToken;

    public PairView(TrainingData data, CancellationToken cancellationToken)
    {
        (_data, _cancellationToken) = (data, cancellationToken);
        Schema = SchemaOf(data.Features.Features, withLabel: true);
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _data.TrainingRows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(_data, Schema, [.. columnsNeeded.Select(column => column.Name)], rand is null ? null : RowCursor.Permutation(rand, _data.TrainingRows.Length), _cancellationToken);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];

    public static DataViewSchema SchemaOf(IReadOnlyList<FeatureInfo> features, bool withLabel)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(First, new KeyDataViewType(typeof(uint), features[0].Cardinality));
        schema.AddColumn(Second, new KeyDataViewType(typeof(uint), features[1].Cardinality));
        if (withLabel) schema.AddColumn(Label, NumberDataViewType.Single);
        return schema.ToSchema();
    }

    private sealed class Cursor(TrainingData data, DataViewSchema schema, IReadOnlyCollection<string> active, int[]? order, CancellationToken cancellationToken)
        : RowCursor(schema, data.TrainingRows.Length, active, order, cancellationToken)
    {
        private int Row => data.TrainingRows.Span[Place(Step)];

        protected override Delegate Getter(DataViewSchema.Column column) => column.Name switch
        {
            First => (ValueGetter<uint>)((ref uint value) => value = Key(0)),
            Second => (ValueGetter<uint>)((ref uint value) => value = Key(1)),
            Label => (ValueGetter<float>)((ref float value) => value = data.Target.Values[Row]),
            _ => throw new ArgumentException($"There is no column '{column.Name}'.", nameof(column)),
        };

        /// <summary>ML.NET's keys begin at 1; 0 is a missing one.</summary>
        private uint Key(int feature) => data.Features.Column(feature)[Row] is var position && float.IsNaN(position) ? 0 : (uint)position + 1;
    }
}
