using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Takes the values that a source calls missing (-999) for missing ones in rows that come later too, and in the exported model: as numbers and dates they count
/// however they are written.
/// </summary>
internal sealed class MissingMarkerRepair : IFittedTransform
{
    private readonly IReadOnlyList<Markers> _columns;

    private MissingMarkerRepair(IReadOnlyList<Markers> columns) => _columns = columns;

    /// <summary>The repair of the features that have markers; null when none has.</summary>
    public static MissingMarkerRepair? For(Schema schema)
    {
        var columns = schema.WithRole(ColumnRole.Feature).Where(column => column.Type != ColumnType.Tensor && column.Format.MissingMarkers.Count > 0).Select(column => new Markers(column)).ToList();
        return columns.Count == 0 ? null : new MissingMarkerRepair(columns);
    }

    public string Description => $"Missing is what is {string.Join(" or ", _columns.SelectMany(column => column.Texts).Distinct().Select(text => $"'{text}'"))}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var markers in _columns)
        {
            // A row that is served may lack what the model does not use.
            if (!table.Schema.Contains(markers.Column) || table[markers.Column] is not { } column) continue;
            var marked = markers.WithoutMarkers(column);
            if (marked != column) edit.Replace(markers.Column, marked);
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var markers in _columns) if (columns.TryGet(markers.Column, out var value)) columns[markers.Column] = markers.Emit(value);
    }

    /// <summary>The markers of one column, as what they are in each type that it may come to have.</summary>
    private sealed class Markers
    {
        private readonly float[] _numbers;
        private readonly long[] _seconds;

        public Markers(ColumnInfo info)
        {
            Column = info.Name;
            Texts = [.. info.Format.MissingMarkers.Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];
            _numbers = [.. Texts.Select(text => info.Format.TryParseNumber(text, out var number) || info.Format.TryParseDecorated(text, out number) ? number : float.NaN).Where(number => !float.IsNaN(number)).Distinct()];
            _seconds = [.. Texts.Select(text => info.Format.TryParseDate(text, out var date) ? DateTimeColumn.ToUnixSeconds(date) : DateTimeColumn.MissingUnixSeconds).Where(seconds => seconds != DateTimeColumn.MissingUnixSeconds).Distinct()];
        }

        public string Column { get; }

        public string[] Texts { get; }

        /// <summary>The same column where it has no marker.</summary>
        public Column WithoutMarkers(Column column)
        {
            switch (column)
            {
                case TextColumn text:
                    return Texts.AsSpan().ContainsAny(text.Categories) ? text.Map(category => Texts.Contains(category) ? null : category) : text;
                case DateTimeColumn dates:
                    var times = dates.Values.ToArray();
                    foreach (ref var time in times.AsSpan()) if (_seconds.Contains(DateTimeColumn.ToUnixSeconds(time))) time = DateTimeColumn.Missing;
                    return times.AsSpan().SequenceEqual(dates.Values) ? dates : new DateTimeColumn(dates.Name, times);
                case NumberColumn numbers when numbers.Values.ContainsAny(_numbers):
                    var values = numbers.Values.ToArray();
                    foreach (ref var value in values.AsSpan()) if (_numbers.Contains(value)) value = float.NaN;
                    return new NumberColumn(numbers.Name, values);
                case IntegerColumn integers:
                    // Compared as the graph does, which has them as 32-bit numbers.
                    var whole = integers.Values.ToArray();
                    foreach (ref var value in whole.AsSpan()) if (_numbers.Contains(value)) value = IntegerColumn.Missing;
                    return whole.AsSpan().SequenceEqual(integers.Values) ? integers : new IntegerColumn(integers.Name, whole);
                case BooleanColumn booleans:
                    var truths = booleans.Values.ToArray();
                    foreach (ref var truth in truths.AsSpan()) if (truth != BooleanColumn.Missing && _numbers.Contains(truth)) truth = BooleanColumn.Missing;
                    return truths.AsSpan().SequenceEqual(booleans.Values) ? booleans : new BooleanColumn(booleans.Name, truths);
                default:
                    return column;
            }
        }

        public Value Emit(Value value)
        {
            switch (value.Type)
            {
                case ElementType.String:
                    return Texts.Length == 0 ? value : value.LabelEncoder(Texts, [.. Texts.Select(_ => 1f)], 0f).Cast(ElementType.Bool).Where(value.Graph.Constant(Tensor.Of([""], 1, 1)), value);
                case ElementType.Int64:
                    foreach (var seconds in _seconds) value = value.Equal(seconds).Where(DateTimeColumn.MissingUnixSeconds, value);
                    return value;
                default:
                    foreach (var number in _numbers) value = value.Equal(number).Where(float.NaN, value);
                    return value;
            }
        }
    }
}
