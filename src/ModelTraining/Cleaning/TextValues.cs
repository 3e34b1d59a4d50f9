namespace ModelTraining;

/// <summary>A text column with how often each of its values occurs: readings look at each distinct value once.</summary>
internal sealed class TextValues
{
    /// <summary>With a value unreadable, a column is one of numbers or dates only if it has at least so many different ones: '3+' among 1, 2 and 3 is a category, not a slip.</summary>
    private const int FewestDistinct = 10;

    public TextValues(TextColumn column)
    {
        Column = column;
        Counts = CategoryCounts.ByCode(column);
        Present = Counts.Sum();
    }

    public TextColumn Column { get; }

    /// <summary>The number of rows by code.</summary>
    public int[] Counts { get; }

    /// <summary>The number of rows that are not missing.</summary>
    public int Present { get; }

    /// <summary>Reads each value that occurs.</summary>
    /// <param name="read">Reads one value.</param>
    /// <param name="maxUnreadable">The share of rows that may be unreadable.</param>
    /// <param name="byCode">The values by code; default where unreadable or not occurring.</param>
    /// <param name="readable">By code, whether the value occurs and could be read.</param>
    /// <returns>The number of rows that could be read; 0 when the column is none of what <paramref name="read"/> reads.</returns>
    public int Read<T>(TryRead<T> read, double maxUnreadable, out T[] byCode, out bool[] readable)
    {
        byCode = new T[Counts.Length];
        readable = new bool[Counts.Length];
        var most = (int)(maxUnreadable * Present);
        var (unreadable, distinct) = (0, 0);
        for (var code = 0; code < Counts.Length; code++)
        {
            if (Counts[code] == 0) continue;
            if (read(Column.Categories[code], out byCode[code]))
            {
                readable[code] = true;
                distinct++;
            }
            else if ((unreadable += Counts[code]) > most)
            {
                return 0;
            }
        }

        return unreadable > 0 && distinct < FewestDistinct ? 0 : Present - unreadable;
    }

    /// <summary>One value a row.</summary>
    public T[] Rows<T>(T[] byCode, bool[] readable, T missing)
    {
        var values = new T[Column.Count];
        var codes = Column.Codes;
        for (var row = 0; row < values.Length; row++) values[row] = codes[row] is var code && code != TextColumn.MissingCode && readable[code] ? byCode[code] : missing;
        return values;
    }

    internal delegate bool TryRead<T>(ReadOnlySpan<char> text, out T value);
}
