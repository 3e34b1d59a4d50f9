using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>
/// The SHAP values of the columns that move predictions most: of one output a dot for each row, swarming where there are many, in the colour of the column's value
/// (Lundberg et al., Nature Biomedical Engineering 2, 2018, figure 4); of several outputs a bar.
/// </summary>
internal static class ShapChart
{
    private const int MostColumns = 12, MostDots = 300, Shades = 5;
    private const int Width = 460, NameWidth = 140, Right = 14, RowHeight = 30, Bottom = 40, LongestName = 17, Layers = 5;
    private const double DotSpacing = 3.2, Swarm = 11;

    public static void Write(Markup html, ShapValues shap)
    {
        var byColumn = shap.ByColumn();
        if (byColumn.Outputs.Count > 1) WriteBars(html, byColumn);
        else WriteSwarm(html, byColumn, ShapEffect.Of(byColumn, MostColumns));
    }

    private static void WriteBars(Markup html, ShapValues shap)
    {
        var chart = new BarChart("SHAP values", $"How far a column moves the {shap.Unit} of a class away from its mean: the mean size over {Rows(shap)}, summed over the classes.{Rest(shap)}");
        foreach (var (column, size) in shap.Importances.Take(MostColumns).Where(importance => importance.MeanAbsolute > 0)) chart.Add(column, size, ReportNumber.Short(size));
        chart.WriteTo(html);
    }

    private static void WriteSwarm(Markup html, ShapValues shap, IReadOnlyList<ShapEffect> effects)
    {
        var what = shap.Unit == "value" ? shap.Outputs[0] : $"{shap.Unit} of {shap.Outputs[0]}";
        var description = $"How far a column moves the prediction of a row: to the right it raises the {what}, to the left it lowers it. A dot is one of {Rows(shap)}; columns stand in the order of their mean size, which is written beside them. On average the model says {ReportNumber.Short(shap.BaseValues[0])}.{Rest(shap)}";
        var drawn = Drawn(shap.Rows.RowCount);
        var axis = Axis.Over($"SHAP value ({(shap.Unit == "value" ? shap.Outputs[0] : shap.Unit)})", effects.SelectMany(effect => drawn.Select(row => effect.Shap[row])).Append(0));
        var height = effects.Count * RowHeight + Bottom;
        html.Add($"""<figure><figcaption>SHAP values</figcaption><svg viewBox="0 0 {Width} {height}" role="img"><title>SHAP values</title><desc>{description}</desc>""");
        WriteAxis(html, axis, height);
        for (var i = 0; i < effects.Count; i++) WriteEffect(html, effects[i], drawn, axis, (i + 0.5) * RowHeight);
        html.Add($"</svg>");
        WriteLegend(html, effects);
        html.Add($"<p>{description}</p></figure>\n");
    }

    private static void WriteAxis(Markup html, Axis axis, int height)
    {
        var grid = new StringBuilder();
        foreach (var (value, _) in axis.Ticks) grid.Append(CultureInfo.InvariantCulture, $"M{Number(X(axis, value))} 0V{height - Bottom}");
        html.Add($"""<path class="grid" d="{grid.ToString()}" fill="none" stroke="currentColor" stroke-opacity=".2"/><path class="axes" d="M{Number(X(axis, 0))} 0V{ReportNumber.Plain(height - Bottom)}" fill="none" stroke="currentColor"/>""");
        foreach (var (value, text) in axis.Ticks) html.Add($"""<text class="tick" x="{Number(X(axis, value))}" y="{height - Bottom + 16}" text-anchor="middle">{text}</text>""");
        html.Add($"""<text class="label" x="{(NameWidth + Width - Right) / 2}" y="{height - 6}" text-anchor="middle">{axis.Label}</text>""");
    }

    private static void WriteEffect(Markup html, ShapEffect effect, int[] drawn, Axis axis, double middle)
    {
        var (column, size) = effect.Importance;
        var more = effect.OfMore is { } does ? $"; more of it {does} the prediction" : "";
        html.Add($"""<g><title>{column}: mean size {ReportNumber.Short(size)}{more}</title><text class="name" x="{NameWidth - 8}" y="{Number(middle - 1)}" text-anchor="end">{Excerpt.Of(column, LongestName)}</text>""");
        html.Add($"""<text class="tick" x="{NameWidth - 8}" y="{Number(middle + 12)}" text-anchor="end">{ReportNumber.Short(size)}</text>""");
        var places = Array.ConvertAll(drawn, row => X(axis, effect.Shap[row]));
        var offsets = Offsets(places);
        for (var layer = 0; layer < Layers; layer++)
        {
            // A path has one colour: in several layers no colour hides all others.
            var paths = new StringBuilder?[Shades + 1];
            for (var i = layer; i < drawn.Length; i += Layers)
            {
                (paths[ShadeOf(effect.Ranks[drawn[i]])] ??= new StringBuilder()).Append('M').Append(Number(places[i])).Append(' ').Append(Number(middle + offsets[i])).Append("h.01"); // round caps make a dot of it
            }

            for (var shade = 0; shade < paths.Length; shade++)
            {
                if (paths[shade] is { } path) html.Add($"""<path class="swarm {Class(shade)}" d="{path.ToString()}" fill="none" stroke="currentColor"/>""");
            }
        }

        html.Add($"</g>");
    }

    private static void WriteLegend(Markup html, IReadOnlyList<ShapEffect> effects)
    {
        html.Add($"""<ul class="legend">""");
        if (effects.Any(effect => effect.Ranks.Any(double.IsFinite)))
        {
            html.Add($"""<li>low value <svg viewBox="0 0 60 12" width="60" height="12" aria-hidden="true">""");
            for (var shade = 0; shade < Shades; shade++) html.Add($"""<path class="swarm {Class(shade)}" d="M{6 + 12 * shade} 6h.01" fill="none" stroke="currentColor"/>""");
            html.Add($"</svg> high value</li>");
        }

        if (effects.Any(effect => effect.Ranks.Any(double.IsNaN))) html.Add($"""<li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path class="swarm {Class(Shades)}" d="M6 6h.01" fill="none" stroke="currentColor"/></svg> without order, or missing</li>""");
        html.Add($"</ul>");
    }

    /// <summary>Dots that would lie upon each other move up and down by turns, less far the more there are.</summary>
    private static double[] Offsets(double[] places)
    {
        var offsets = new double[places.Length];
        foreach (var pile in places.Index().GroupBy(pair => Math.Floor(pair.Item / DotSpacing)))
        {
            var dots = pile.Select(pair => pair.Index).ToList();
            var spacing = Math.Min(DotSpacing, 2 * Swarm / dots.Count);
            for (var i = 0; i < dots.Count; i++) offsets[dots[i]] = (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * spacing;
        }

        return offsets;
    }

    private static int[] Drawn(int rows)
    {
        var drawn = new int[Math.Min(rows, MostDots)];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = (int)((long)i * rows / drawn.Length);
        return drawn;
    }

    private static int ShadeOf(double rank) => double.IsNaN(rank) ? Shades : Math.Min(Shades - 1, (int)(rank * Shades));

    private static string Class(int shade) => shade == Shades ? "vn" : "v" + ReportNumber.Plain(shade);

    private static string Rows(ShapValues shap) => shap.Rows.RowCount > MostDots && shap.Outputs.Count == 1
        ? $"{ReportNumber.Count(MostDots)} test rows, the sizes are of {ReportNumber.Count(shap.Rows.RowCount)}"
        : ReportNumber.Count(shap.Rows.RowCount, "test row");

    private static string Rest(ShapValues shap) => shap.Importances.Count(importance => importance.MeanAbsolute > 0) is var count && count > MostColumns
        ? $" Shown are {ReportNumber.Count(MostColumns)} of {ReportNumber.Count(count)} columns."
        : "";

    private static double X(Axis axis, double value) => NameWidth + axis.Position(value) * (Width - NameWidth - Right);

    private static string Number(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);
}
