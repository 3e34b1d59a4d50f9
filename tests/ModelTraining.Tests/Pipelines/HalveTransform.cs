using ModelTraining.Onnx;

namespace ModelTraining.Tests.Pipelines;

/// <summary>A transform of someone's own: halves a column. Counts the rows that it was shown.</summary>
internal sealed class HalveTransform(string column) : ITransform
{
    public int RowsSeen { get; private set; }

    public string Name => "Halve";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        RowsSeen = training.RowCount;
        return new Fitted(column);
    }

    private sealed class Fitted(string column) : IFittedTransform
    {
        public string Description => $"{column} halved";

        public Table Apply(Table table)
        {
            var values = new float[table.RowCount];
            table[column].CopyTo(values);
            for (var i = 0; i < values.Length; i++) values[i] *= 0.5f;
            return table.With(new NumberColumn(column, values));
        }

        public void Emit(GraphColumns columns) => columns[column] = columns[column] * 0.5f;
    }
}
