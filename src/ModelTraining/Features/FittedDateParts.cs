using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="DateParts"/> learned: which parts of which columns vary.</summary>
internal sealed class FittedDateParts(IReadOnlyList<string> columns, IReadOnlyList<FittedDateParts.Output> outputs) : IFittedTransform
{
    public string Description => $"Dates to parts: {string.Join(", ", outputs.Select(output => output.Name))}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var column in columns)
        {
            var dates = (DateTimeColumn)table[column];
            edit.Replace(column, [.. outputs.Where(output => output.Column == column).Select(output => Part(dates, output))]);
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columnsOfGraph)
    {
        foreach (var column in columns)
        {
            var seconds = columnsOfGraph[column];
            columnsOfGraph.Remove(column);
            var missing = seconds.Equal(DateTimeColumn.MissingUnixSeconds);
            foreach (var output in outputs.Where(output => output.Column == column))
            {
                columnsOfGraph[output.Name] = missing.Where(float.NaN, output.Part.Emit(seconds).Cast(ElementType.Float));
            }
        }
    }

    private static NumberColumn Part(DateTimeColumn column, Output output)
    {
        var dates = column.Values;
        var values = new float[dates.Length];
        for (var row = 0; row < values.Length; row++) values[row] = dates[row] == DateTimeColumn.Missing ? float.NaN : output.Part.Of(dates[row]);
        return new NumberColumn(output.Name, values);
    }

    internal sealed record Output(string Column, DatePart Part, string Name);
}
