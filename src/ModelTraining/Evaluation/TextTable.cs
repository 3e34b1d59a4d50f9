using System.Text;

namespace ModelTraining;

/// <summary>A small table for consoles and notebooks: names to the left, figures aligned to the right.</summary>
internal sealed class TextTable(string corner, IReadOnlyList<string> columns)
{
    private readonly List<(string Name, IReadOnlyList<string> Cells)> _rows = [];

    public void Add(string name, IReadOnlyList<string> cells) => _rows.Add((name, cells));

    public override string ToString()
    {
        var nameWidth = _rows.Select(row => row.Name.Length).Append(corner.Length).Max();
        var widths = columns.Select((column, i) => _rows.Select(row => row.Cells[i].Length).Append(column.Length).Max()).ToList();
        var text = new StringBuilder();
        foreach (var (name, cells) in _rows.Prepend((corner, columns)))
        {
            if (text.Length > 0) text.AppendLine();
            text.Append(name.PadRight(nameWidth));
            for (var i = 0; i < cells.Count; i++) text.Append("  ").Append(cells[i].PadLeft(widths[i]));
        }

        return text.ToString();
    }
}
