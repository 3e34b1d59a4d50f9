namespace ModelTraining;

/// <summary>Divides rows by their time: the oldest to train on, the newest to test on. Rows of one time are never divided.</summary>
internal sealed class TimeSplitter(SplitOptions options)
{
    /// <exception cref="ModelTrainingException">MT2310: there are too few rows. MT2314: the column holds no times. MT2315: rows have no time. MT2316: there are fewer times than parts.</exception>
    public DataSplit Split(Table table, string name)
    {
        Splitter.CheckRowCount(options, table.RowCount);
        var order = TimeOrder.Of(table, name, "Split");
        var (validation, test) = Boundaries(order, table[name]);
        var parts = new byte[order.Rows.Length];
        for (var rank = 0; rank < parts.Length; rank++)
        {
            parts[order.Rows[rank]] = (byte)(rank < validation ? Splitter.Training : rank < test ? Splitter.Validation : Splitter.Test);
        }

        return Splitter.ToSplit(parts, stratified: false);
    }

    /// <summary>The ranks of the first validation and the first test row; equal where there is no validation.</summary>
    private (int Validation, int Test) Boundaries(TimeOrder order, Column column)
    {
        var starts = order.Starts;
        var newer = options.Validation > 0 ? 2 : 1;
        if (starts.Count <= newer)
        {
            throw new ModelTrainingException("MT2316",
                $"Column '{column.Name}', which the 'TimeBy' option of Split names, has {starts.Count} different times for {newer + 1} parts. Choose a finer column{(newer > 1 ? ", or set 'Validation' to 0" : "")}.");
        }

        var first = Boundary(starts, (1 - options.Test - options.Validation) * column.Count, 1, starts.Count - newer);
        return (starts[first], starts[newer == 1 ? first : Boundary(starts, (1 - options.Test) * column.Count, first + 1, starts.Count - 1)]);
    }

    /// <summary>The first start from <paramref name="rows"/> on, so that the older part keeps the rows of a time that it has some of.</summary>
    private static int Boundary(List<int> starts, double rows, int from, int to)
    {
        var position = starts.BinarySearch((int)Math.Round(rows));
        return Math.Clamp(position < 0 ? ~position : position, from, to);
    }
}
