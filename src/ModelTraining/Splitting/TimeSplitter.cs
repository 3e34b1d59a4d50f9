namespace ModelTraining;

/// <summary>Divides rows by their time: the oldest to train on, the newest to test on. Rows of one time are never divided.</summary>
internal sealed class TimeSplitter(SplitOptions options)
{
    /// <exception cref="ModelTrainingException">MT2310: there are too few rows. MT2314: the column holds no times. MT2315: rows have no time. MT2316: there are fewer times than parts.</exception>
    public DataSplit Split(Table table, string name)
    {
        Splitter.CheckRowCount(options, table.RowCount);
        var column = table[name];
        return column switch
        {
            DateTimeColumn dates => Split(table, dates, dates.Values),
            IntegerColumn integers => Split(table, integers, integers.Values),
            NumberColumn numbers => Split(table, numbers, numbers.Values),
            _ => throw new ModelTrainingException("MT2314",
                $"Column '{name}', which the 'TimeBy' option of Split names, is of type {column.Type}. Name a column of dates or numbers; Clean() makes dates of a feature's text."),
        };
    }

    private DataSplit Split<T>(Table table, Column column, ReadOnlySpan<T> values) where T : IComparable<T>
    {
        if (column.MissingCount > 0)
        {
            var row = 0;
            while (!column.IsMissing(row)) row++;
            throw new ModelTrainingException("MT2315",
                $"Column '{column.Name}', which the 'TimeBy' option of Split names, has no time in {column.MissingCount} of {column.Count} rows, first in row {table.Origin(row) + 1}. Fill the times in, or remove such rows.");
        }

        var times = values.ToArray();
        var rows = new int[times.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        Array.Sort(times, rows);
        var (validation, test) = Boundaries(Starts(times), column);

        var parts = new byte[rows.Length];
        for (var rank = 0; rank < rows.Length; rank++)
        {
            parts[rows[rank]] = (byte)(rank < validation ? Splitter.Training : rank < test ? Splitter.Validation : Splitter.Test);
        }

        return Splitter.ToSplit(parts, stratified: false);
    }

    /// <summary>The ranks at which a time differs from the one before.</summary>
    private static List<int> Starts<T>(T[] times) where T : IComparable<T>
    {
        var starts = new List<int>();
        for (var rank = 0; rank < times.Length; rank++)
        {
            if (rank == 0 || times[rank].CompareTo(times[rank - 1]) != 0) starts.Add(rank);
        }

        return starts;
    }

    /// <summary>The ranks of the first validation and the first test row; equal where there is no validation.</summary>
    private (int Validation, int Test) Boundaries(List<int> starts, Column column)
    {
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
