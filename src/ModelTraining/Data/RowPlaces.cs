namespace ModelTraining;

/// <summary>Where the rows of a table were read: the name of the input and the line, for messages. Four bytes a row.</summary>
internal sealed class RowPlaces
{
    private readonly List<(string Name, int FirstRow)> _inputs = [];
    private readonly List<int> _lines = [];

    public int Count => _lines.Count;

    /// <summary>The rows that follow are of the input called <paramref name="name"/>.</summary>
    public void Enter(string name) => _inputs.Add((name, _lines.Count));

    public void Add(long line) => _lines.Add((int)Math.Min(line, int.MaxValue));

    /// <summary>"data.csv, line 17".</summary>
    public string this[int row] => $"{_inputs[_inputs.FindLastIndex(input => input.FirstRow <= row)].Name}, line {_lines[row]}";

    /// <summary>"line 17", with the name of the input where there are several.</summary>
    public string Short(int row) => _inputs.Count > 1 ? this[row] : $"line {_lines[row]}";
}
