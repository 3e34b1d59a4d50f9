using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="OutlierRepair"/> learned.</summary>
internal sealed class FittedOutliers(IReadOnlyList<OutlierBounds> bounds) : IRowFilter
{
    /// <summary>The bounds of each column that has any.</summary>
    public IReadOnlyList<OutlierBounds> Bounds => bounds;

    public string Description => bounds.Where(bound => bound.Action != OutlierAction.Report).Select(bound => FormattableString.Invariant($"{bound.Column} [{bound.Low:0.####}, {bound.High:0.####}] {bound.Action}")).ToList() is { Count: > 0 } treated
        ? $"Outliers: {string.Join(", ", treated)}." : "Outliers: left as they are.";

    public ReadOnlyMemory<int> Keep(TableView training)
    {
        var dropped = new bool[training.RowCount];
        foreach (var bound in bounds)
        {
            if (bound.Action != OutlierAction.Drop) continue;
            var values = training.Numbers(bound.Column);
            for (var row = 0; row < values.Length; row++) dropped[row] |= bound.IsBeyond(values[row]);
        }

        return KeptRows.Of(training, dropped);
    }

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var bound in bounds)
        {
            if (bound.Action is not (OutlierAction.Clip or OutlierAction.Flag)) continue;
            var values = new float[table.RowCount];
            table[bound.Column].CopyTo(values);
            if (bound.Action == OutlierAction.Clip)
            {
                foreach (ref var value in values.AsSpan()) value = bound.Clip(value);
                edit.Replace(bound.Column, new NumberColumn(bound.Column, values));
            }
            else
            {
                foreach (ref var value in values.AsSpan()) value = bound.IsBeyond(value) ? 1 : 0;
                edit.Add(new NumberColumn(bound.Flag!, values));
            }
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var bound in bounds)
        {
            if (bound.Action is not (OutlierAction.Clip or OutlierAction.Flag)) continue;
            var value = columns[bound.Column];
            var (below, above) = (value.Less(bound.Low), value.Greater(bound.High));
            if (bound.Action == OutlierAction.Clip) columns[bound.Column] = below.Where(bound.Low, above.Where(bound.High, value));
            else columns[bound.Flag!] = below.Or(above).Cast(ElementType.Float);
        }
    }
}
