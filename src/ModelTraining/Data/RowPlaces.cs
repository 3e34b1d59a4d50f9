namespace ModelTraining;

/// <summary>Where the rows of a table were read: the name of the input and the line, for messages. Four bytes a row.</summary>
internal sealed class RowPlaces
{
    private readonly List<(string Name, int FirstRow)> _inputs = [];
    private readonly List<int> _lines = [];

    public int Count => _lines.Count;

    /// <summary>Where the last row stands.</summary>
    public RowPlace Last => new(_inputs.Count - 1, _lines[^1]);

    /// <summary>The rows that follow are of the input called <paramref name="name"/>.</summary>
    public void Enter(string name) => _inputs.Add((name, _lines.Count));

    public void Add(long line) => _lines.Add((int)Math.Min(line, int.MaxValue));

    /// <summary>Leaves only <paramref name="rows"/>, which ascend.</summary>
    public void Keep(ReadOnlySpan<int> rows)
    {
        _lines.Keep(rows);
        var next = 0;
        for (var i = 0; i < _inputs.Count; i++)
        {
            while (next < rows.Length && rows[next] < _inputs[i].FirstRow) next++;
            _inputs[i] = _inputs[i] with { FirstRow = next };
        }
    }

    /// <summary>"data.csv, line 17".</summary>
    public string this[int row] => $"{_inputs[_inputs.FindLastIndex(input => input.FirstRow <= row)].Name}, line {_lines[row]}";

    /// <summary>"line 17", with the name of the input where there are several.</summary>
    public string Short(RowPlace place) => _inputs.Count > 1 ? $"{_inputs[place.Input].Name}, line {place.Line}" : $"line {place.Line}";

    /// <inheritdoc cref="Short(RowPlace)"/>
    public string Short(int row) => _inputs.Count > 1 ? this[row] : $"line {_lines[row]}";
}
