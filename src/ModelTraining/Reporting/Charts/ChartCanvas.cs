using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>
/// A picture with two axes as SVG. Colours, lines and fonts are those of <see cref="ReportStyle"/>, and each series has its own pattern of dashes, so that it is told
/// apart without colours too. Where the style is lost, lines and text are black. Not thread-safe.
/// </summary>
internal sealed class ChartCanvas(string title, string description, Axis x, Axis y)
{
    /// <summary>The series that have a colour and a pattern of their own.</summary>
    public const int MostSeries = 8;

    private const int Width = 460, Height = 310, Left = 46, Right = 14, Top = 26, Bottom = 40, HalfCharacter = 4;
    private readonly Markup _shapes = new();
    private readonly List<(string Class, string Name)> _legend = [];

    /// <summary>A line through points; it has a gap where one is not a finite number.</summary>
    /// <param name="points">The points in their order.</param>
    /// <param name="series">The number of the series, from 0, which gives colour and dashes.</param>
    /// <param name="name">The name in the legend; null to leave it out there.</param>
    public void Line(IEnumerable<ChartPoint> points, int series, string? name = null) => Path(points, $"line s{series % MostSeries}", name);

    /// <summary>A thin dashed line to compare with.</summary>
    public void Reference(ChartPoint from, ChartPoint to, string? name = null) => Path([from, to], "reference", name);

    /// <summary>A dot at each point.</summary>
    public void Dots(IEnumerable<ChartPoint> points, int series, string? name = null)
    {
        var path = new StringBuilder();
        foreach (var point in points) if (point.IsFinite) path.Append('M').Append(At(point)).Append("h.01"); // round caps make a dot of it
        Shape(path, $"dots s{series % MostSeries}", name);
    }

    /// <summary>A disc that covers the more the larger its share is.</summary>
    public void Disc(ChartPoint at, double share, int series)
    {
        if (at.IsFinite) _shapes.Add($"""<circle class="disc s{series % MostSeries}" cx="{Number(X(at.X))}" cy="{Number(Y(at.Y))}" r="{Number(3 + 7 * Math.Sqrt(share))}" fill="none" stroke="currentColor"/>""");
    }

    /// <summary>A vertical line: how sure a point is.</summary>
    public void Interval(double at, double low, double high, int series)
    {
        if (!double.IsFinite(at + low + high)) return;
        var path = new StringBuilder($"M{At(new ChartPoint(at, low))}L{At(new ChartPoint(at, high))}");
        Shape(path, $"interval s{series % MostSeries}", null);
    }

    /// <summary>A ring with words beside it.</summary>
    public void Mark(ChartPoint at, string text)
    {
        if (!at.IsFinite) return;
        var (left, top) = (X(at.X), Y(at.Y));
        var toTheLeft = x.Position(at.X) > 0.6;
        var below = y.Position(at.Y) > 0.9;
        _shapes.Add($"""<circle class="mark" cx="{Number(left)}" cy="{Number(top)}" r="5" fill="none" stroke="currentColor"/>""");
        _shapes.Add($"""<text class="marked" x="{Number(left + (toTheLeft ? -10 : 10))}" y="{Number(top + (below ? 16 : -8))}" text-anchor="{(toTheLeft ? "end" : "start")}">{text}</text>""");
    }

    /// <summary>Writes picture and legend as one figure.</summary>
    public void WriteTo(Markup html)
    {
        html.Add($"""<figure><figcaption>{title}</figcaption><svg viewBox="0 0 {Width} {Height}" role="img"><title>{title}</title><desc>{description}</desc>""");
        WriteAxes(html);
        html.Add($"{_shapes}</svg>");
        if (_legend.Count > 0)
        {
            html.Add($"""<ul class="legend">""");
            foreach (var (style, name) in _legend)
            {
                var swatch = style.StartsWith("dots", StringComparison.Ordinal) ? "M14 6h.01" : "M1 6H27";
                html.Add($"""<li><svg viewBox="0 0 28 12" width="28" height="12" aria-hidden="true"><path class="{style}" d="{swatch}" fill="none" stroke="currentColor"/></svg> {name}</li>""");
            }

            html.Add($"</ul>");
        }

        html.Add($"<p>{description}</p></figure>\n");
    }

    private void WriteAxes(Markup html)
    {
        var grid = new StringBuilder();
        foreach (var (value, _) in y.Ticks) grid.Append(CultureInfo.InvariantCulture, $"M{Left} {Number(Y(value))}H{Width - Right}");
        foreach (var (value, _) in x.Ticks) grid.Append(CultureInfo.InvariantCulture, $"M{Number(X(value))} {Top}V{Height - Bottom}");
        html.Add($"""<path class="grid" d="{grid.ToString()}" fill="none" stroke="currentColor" stroke-opacity=".2"/>""");
        html.Add($"""<path class="axes" d="M{Left} {Top}V{Height - Bottom}H{Width - Right}" fill="none" stroke="currentColor"/>""");
        foreach (var (value, text) in y.Ticks) html.Add($"""<text class="tick" x="{Left - 6}" y="{Number(Y(value) + 4)}" text-anchor="end">{text}</text>""");
        foreach (var (value, text) in x.Ticks)
        {
            var isCut = X(value) + (text.Length * HalfCharacter) > Width; // at the edge there is no room for the half of a long number
            html.Add($"""<text class="tick" x="{Number(isCut ? Width : X(value))}" y="{Height - Bottom + 16}" text-anchor="{(isCut ? "end" : "middle")}">{text}</text>""");
        }

        html.Add($"""<text class="label" x="4" y="14">{y.Label}</text>""");
        html.Add($"""<text class="label" x="{Width - Right}" y="{Height - 6}" text-anchor="end">{x.Label}</text>""");
    }

    private void Path(IEnumerable<ChartPoint> points, string style, string? name)
    {
        var path = new StringBuilder();
        var (drawing, last) = (false, "");
        foreach (var point in points)
        {
            if (!point.IsFinite)
            {
                drawing = false;
                continue;
            }

            var at = At(point);
            if (drawing && at == last) continue;
            path.Append(drawing ? 'L' : 'M').Append(at);
            (drawing, last) = (true, at);
        }

        Shape(path, style, name);
    }

    private void Shape(StringBuilder path, string style, string? name)
    {
        if (path.Length == 0) return;
        _shapes.Add($"""<path class="{style}" d="{path.ToString()}" fill="none" stroke="currentColor"/>""");
        if (name is not null) _legend.Add((style, name));
    }

    private string At(ChartPoint point) => $"{Number(X(point.X))} {Number(Y(point.Y))}";

    private double X(double value) => Left + x.Position(value) * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - y.Position(value) * (Height - Top - Bottom);

    private static string Number(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);
}
