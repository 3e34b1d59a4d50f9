using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="Imputation"/> learned: one value a column.</summary>
internal sealed class FittedImputation(IReadOnlyList<FittedImputation.Fill> fills) : IFittedTransform
{
    /// <summary>The values that are filled in.</summary>
    public IReadOnlyList<Fill> Fills => fills;

    public string Description => $"Missing values filled: {string.Join(", ", fills)}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var fill in fills)
        {
            edit.Replace(fill.Column, table[fill.Column] switch
            {
                TextColumn text => Filled(text, fill.Text!),
                DateTimeColumn dates => Filled(dates, fill.Date),
                var numbers => Filled(numbers, fill.Number),
            });
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var fill in fills)
        {
            var value = columns[fill.Column];
            columns[fill.Column] = value.Type switch
            {
                ElementType.String => IsEmpty(value).Where(columns.Graph.Constant(Tensor.Of([fill.Text!], 1, 1)), value),
                ElementType.Int64 => value.Equal(DateTimeColumn.MissingUnixSeconds).Where(DateTimeColumn.ToUnixSeconds(fill.Date), value),
                _ => value.IsNaN().Where(fill.Number, value),
            };
        }
    }

    /// <summary>Whether text is empty. Equal does not take text in the operator set that graphs are written in.</summary>
    internal static Value IsEmpty(Value text) => text.LabelEncoder([""], [1f], 0f).Cast(ElementType.Bool);

    private static NumberColumn Filled(Column column, float fill)
    {
        if (column is NumberColumn { MissingCount: 0 } whole) return whole;
        var values = new float[column.Count];
        column.CopyTo(values);
        foreach (ref var value in values.AsSpan()) if (float.IsNaN(value)) value = fill;
        return new NumberColumn(column.Name, values);
    }

    private static DateTimeColumn Filled(DateTimeColumn column, DateTime fill)
    {
        if (column.MissingCount == 0) return column;
        var values = column.Values.ToArray();
        foreach (ref var value in values.AsSpan()) if (value == DateTimeColumn.Missing) value = fill;
        return new DateTimeColumn(column.Name, values);
    }

    private static TextColumn Filled(TextColumn column, string fill)
    {
        if (fill.Length == 0) return column;
        var builder = new TextColumnBuilder();
        var codeOf = new int[column.Categories.Length];
        for (var code = 0; code < codeOf.Length; code++) codeOf[code] = builder.CodeOf(column.Categories[code] is { Length: > 0 } category ? category : fill);
        var missing = builder.CodeOf(fill);
        var codes = new int[column.Count];
        for (var row = 0; row < codes.Length; row++) codes[row] = column.Codes[row] is var code && code == TextColumn.MissingCode ? missing : codeOf[code];
        return new TextColumn(column.Name, codes, builder.Categories());
    }

    internal sealed record Fill(string Column)
    {
        public float Number { get; init; }

        public string? Text { get; init; }

        public DateTime Date { get; init; }

        /// <summary>The value as text.</summary>
        public string Value => Text is not null ? $"'{Text}'" : Date != default ? FormattableString.Invariant($"{Date:yyyy-MM-dd}") : FormattableString.Invariant($"{Number:0.####}");

        public override string ToString() => $"{Column} {Value}";
    }
}
