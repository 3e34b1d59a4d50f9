namespace ModelTraining;

/// <summary>
/// Where the rows of a table were read: the name of the input and the line, for messages. Rows that follow one another line by line, which are most, are
/// remembered by the first of them.
/// </summary>
internal sealed class RowPlaces
{
    private readonly List<(string Name, int FirstRow)> _inputs = [];
    private List<(int Row, int Line)> _runs = [];
    private long _next = -1;

    public int Count { get; private set; }

    /// <summary>Where the last row stands.</summary>
    public RowPlace Last => new(_inputs.Count - 1, Line(Count - 1));

    /// <summary>The rows that follow are of the input called <paramref name="name"/>.</summary>
    public void Enter(string name) => _inputs.Add((name, Count));

    public void Add(long line)
    {
        var at = (int)Math.Min(line, int.MaxValue);
        if (at != _next) _runs.Add((Count, at));
        _next = at + 1L;
        Count++;
    }

    /// <summary>Leaves only <paramref name="rows"/>, which ascend.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        var kept = new RowPlaces();
        foreach (var row in rows) kept.Add(Line(row));
        (_runs, _next, Count) = (kept._runs, kept._next, kept.Count);
        var next = 0;
        for (var i = 0; i < _inputs.Count; i++)
        {
            while (next < rows.Length && rows[next] < _inputs[i].FirstRow) next++;
            _inputs[i] = _inputs[i] with { FirstRow = next };
        }
    }

    /// <summary>"data.csv, line 17".</summary>
    public string this[int row] => $"{_inputs[_inputs.FindLastIndex(input => input.FirstRow <= row)].Name}, line {Line(row)}";

    /// <summary>"line 17", with the name of the input where there are several.</summary>
    public string Short(RowPlace place) => _inputs.Count > 1 ? $"{_inputs[place.Input].Name}, line {place.Line}" : $"line {place.Line}";

    /// <inheritdoc cref="Short(RowPlace)"/>
    public string Short(int row) => _inputs.Count > 1 ? this[row] : $"line {Line(row)}";

    private int Line(int row)
    {
        var (low, high) = (0, _runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_runs[middle].Row <= row) low = middle;
            else high = middle - 1;
        }

        return _runs[low].Line + (row - _runs[low].Row);
    }
}
