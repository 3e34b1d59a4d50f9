namespace ModelTraining;

/// <summary>How well a way of writing explains a text.</summary>
internal sealed class CsvMeasurement(CsvDialect dialect)
{
    public CsvDialect Dialect => dialect;

    /// <summary>The number of fields of each row.</summary>
    public List<int> Counts { get; } = [];

    /// <summary>The number of fields that most rows have.</summary>
    public int FieldCount => Usual(Counts);

    /// <summary>The number of rows that have just as many.</summary>
    public int UsualRows
    {
        get
        {
            var usual = FieldCount;
            return Counts.Count(count => count == usual);
        }
    }

    /// <summary>The share of rows that have just as many.</summary>
    public double Agreement => UsualRows / (double)Math.Max(1, Counts.Count);

    /// <summary>Whether the first row has a name that the user gave.</summary>
    public bool NamesFound { get; set; }

    public int QuotedFields { get; private set; }

    public int QuotedRows { get; private set; }

    public int MalformedRows { get; private set; }

    /// <summary>The rows that go over several lines and are well formed.</summary>
    public int SpanningRows { get; private set; }

    public void Add(int fields, int quoted, bool malformed, bool spanning)
    {
        Counts.Add(fields);
        QuotedFields += quoted;
        if (quoted > 0) QuotedRows++;
        if (malformed) MalformedRows++;
        else if (spanning) SpanningRows++;
    }

    /// <summary>Takes back the last row, which was malformed.</summary>
    public void RemoveLast()
    {
        Counts.RemoveAt(Counts.Count - 1);
        MalformedRows--;
    }

    /// <summary>The most frequent of <paramref name="counts"/>; of equally frequent ones the largest.</summary>
    public static int Usual(List<int> counts) =>
        counts.Count == 0 ? 0 : counts.GroupBy(count => count).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key;
}
