using System.Globalization;

namespace ModelTraining;

/// <summary>Bars beside names, the longest as wide as there is room. Not thread-safe.</summary>
/// <param name="title">What it is called.</param>
/// <param name="description">What it shows.</param>
/// <param name="valueWidth">The room for a value in words.</param>
/// <param name="endOfNames">Whether of long names the end is shown, not the beginning.</param>
internal sealed class BarChart(string title, string description, int valueWidth = 60, bool endOfNames = false)
{
    private const int Width = 460, NameWidth = 168, RowHeight = 22, LongestName = 22;
    private readonly List<(string Name, double Value, string Text)> _rows = [];

    /// <summary>Adds a bar.</summary>
    /// <param name="name">What it is of.</param>
    /// <param name="value">Its length; less than 0, or no number, is 0.</param>
    /// <param name="text">The value in words.</param>
    public void Add(string name, double value, string text) => _rows.Add((name, double.IsFinite(value) ? Math.Max(0, value) : 0, text));

    public void WriteTo(Markup html)
    {
        var largest = _rows.Select(row => row.Value).DefaultIfEmpty().Max();
        html.Add($"""<figure><figcaption>{title}</figcaption><svg viewBox="0 0 {Width} {_rows.Count * RowHeight + 4}" role="img"><title>{title}</title><desc>{description}</desc>""");
        for (var i = 0; i < _rows.Count; i++)
        {
            var (name, value, text) = _rows[i];
            var length = largest > 0 ? value / largest * (Width - NameWidth - valueWidth) : 0;
            var top = i * RowHeight + 2;
            html.Add($"""<g><title>{name}: {text}</title><text class="name" x="{NameWidth - 8}" y="{top + 15}" text-anchor="end">{(endOfNames ? Excerpt.EndOf(name, LongestName - 1) : Excerpt.Of(name, LongestName))}</text>""");
            html.Add($"""<rect class="bar" x="{NameWidth}" y="{top + 3}" width="{Math.Max(length, 0.5).ToString("0.#", CultureInfo.InvariantCulture)}" height="{RowHeight - 7}"/>""");
            html.Add($"""<text class="tick" x="{(NameWidth + length + 6).ToString("0.#", CultureInfo.InvariantCulture)}" y="{top + 15}">{text}</text></g>""");
        }

        html.Add($"</svg><p>{description}</p></figure>\n");
    }
}
