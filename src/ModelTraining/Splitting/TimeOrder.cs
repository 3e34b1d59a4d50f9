namespace ModelTraining;

/// <summary>Rows in the order of their times, oldest first; of one time, in their own order.</summary>
internal sealed class TimeOrder
{
    private readonly int[] _times;

    private TimeOrder(int[] rows, int[] times)
    {
        (Rows, _times) = (rows, times);
        for (var rank = 0; rank < times.Length; rank++) if (rank == 0 || times[rank] != times[rank - 1]) Starts.Add(rank);
    }

    /// <summary>The rows.</summary>
    public int[] Rows { get; }

    /// <summary>The ranks at which a time differs from the one before.</summary>
    public List<int> Starts { get; } = [];

    /// <param name="table">The rows.</param>
    /// <param name="name">The column of dates or numbers.</param>
    /// <param name="verb">The verb whose option 'TimeBy' names it.</param>
    /// <exception cref="ModelTrainingException">MT2314: the column holds no times. MT2315: rows have no time.</exception>
    public static TimeOrder Of(Table table, string name, string verb)
    {
        var column = table[name];
        if (column is DateTimeColumn or IntegerColumn or NumberColumn && column.MissingCount > 0)
        {
            var row = 0;
            while (!column.IsMissing(row)) row++;
            throw new ModelTrainingException("MT2315",
                $"Column '{column.Name}', which the 'TimeBy' option of {verb} names, has no time in {column.MissingCount} of {column.Count} rows, first in row {table.Origin(row) + 1}. Fill the times in, or remove such rows.");
        }

        return column switch
        {
            DateTimeColumn dates => Sorted(dates.Values),
            IntegerColumn integers => Sorted(integers.Values),
            NumberColumn numbers => Sorted(numbers.Values),
            _ => throw new ModelTrainingException("MT2314",
                $"Column '{name}', which the 'TimeBy' option of {verb} names, is of type {column.Type}. Name a column of dates or numbers; Clean() makes dates of a feature's text."),
        };
    }

    /// <summary>Some of the rows, in the same order.</summary>
    public TimeOrder Among(ReadOnlySpan<int> rows)
    {
        var chosen = rows.ToArray().ToHashSet();
        var ranks = Enumerable.Range(0, Rows.Length).Where(rank => chosen.Contains(Rows[rank])).ToArray();
        return new TimeOrder([.. ranks.Select(rank => Rows[rank])], [.. ranks.Select(rank => _times[rank])]);
    }

    /// <summary>The first start from a rank on; the number of rows where there is none.</summary>
    public int StartFrom(int rank)
    {
        var position = Starts.BinarySearch(rank);
        position = position < 0 ? ~position : position;
        return position < Starts.Count ? Starts[position] : Rows.Length;
    }

    /// <summary>The last start up to a rank.</summary>
    public int StartUpTo(int rank)
    {
        var position = Starts.BinarySearch(rank);
        return position >= 0 ? rank : ~position > 0 ? Starts[~position - 1] : 0;
    }

    private static TimeOrder Sorted<T>(ReadOnlySpan<T> values) where T : IComparable<T>
    {
        var times = values.ToArray();
        var rows = new int[times.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = row;
        Array.Sort(times, rows);
        var ranks = new int[rows.Length];
        var start = 0;
        for (var rank = 1; rank <= rows.Length; rank++)
        {
            if (rank < rows.Length && times[rank].CompareTo(times[rank - 1]) == 0)
            {
                ranks[rank] = ranks[rank - 1];
                continue;
            }

            Array.Sort(rows, start, rank - start); // the sort is not stable
            start = rank;
            if (rank < rows.Length) ranks[rank] = ranks[rank - 1] + 1;
        }

        return new TimeOrder(rows, ranks);
    }
}
