using System.Globalization;

namespace ModelTraining;

/// <summary>A small picture of a column's values: a histogram of numbers and dates, bars of the most frequent where there are few different or of others.</summary>
internal static class DistributionChart
{
    private const int Width = 300, Height = 120, Bottom = 18, Side = 4, RowHeight = 22, NameWidth = 124, ValueWidth = 46, LongestName = 17, MostBars = 5;

    public static void Write(Markup html, ColumnProfile column)
    {
        html.Add($"<figure><figcaption><code>{Excerpt.Of(column.Name, 60)}</code></figcaption>");
        if (column.Histogram.Count > 0 && column.DistinctCount > column.TopValues.Count) Histogram(html, column);
        else Bars(html, column);
        html.Add($"<p>{Facts(column)}</p></figure>\n");
    }

    private static void Histogram(Markup html, ColumnProfile column)
    {
        var (bins, most) = (column.Histogram, column.Histogram.Max(bin => bin.Count));
        var width = (double)(Width - 2 * Side) / bins.Count;
        html.Add($"""<svg viewBox="0 0 {Width} {Height}" role="img"><title>{column.Name}: histogram</title>""");
        for (var i = 0; i < bins.Count; i++)
        {
            if (bins[i].Count == 0) continue;
            var height = Math.Max(1, (Height - Bottom - 4.0) * bins[i].Count / most);
            html.Add($"""<rect class="bar" x="{Number(Side + (i * width) + 0.5)}" y="{Number(Height - Bottom - height)}" width="{Number(Math.Max(0.5, width - 1))}" height="{Number(height)}"><title>{Edge(column, bins[i].From)} to {Edge(column, bins[i].To)}: {ReportNumber.Count(bins[i].Count)}</title></rect>""");
        }

        html.Add($"""<path class="axes" d="M{Side} {Height - Bottom}H{Width - Side}" fill="none" stroke="currentColor"/><text class="tick" x="{Side}" y="{Height - 4}">{Edge(column, bins[0].From)}</text>""");
        html.Add($"""<text class="tick" x="{Width - Side}" y="{Height - 4}" text-anchor="end">{Edge(column, bins[^1].To)}</text></svg>""");
    }

    private static void Bars(Markup html, ColumnProfile column)
    {
        var present = column.RowCount - column.MissingCount;
        var shown = column.TopValues.Take(MostBars).ToList();
        var most = shown.Count == 0 ? 1 : shown[0].Count;
        html.Add($"""<svg viewBox="0 0 {Width} {Math.Max(1, shown.Count) * RowHeight}" role="img"><title>{column.Name}: the most frequent values</title>""");
        for (var i = 0; i < shown.Count; i++)
        {
            var length = (double)(Width - NameWidth - ValueWidth) * shown[i].Count / most;
            var top = i * RowHeight;
            html.Add($"""<g><title>{Excerpt.Of(shown[i].Value, 200)}: {ReportNumber.Count(shown[i].Count)}</title><text class="name" x="{NameWidth - 8}" y="{top + 15}" text-anchor="end">{Excerpt.Of(shown[i].Value, LongestName)}</text>""");
            html.Add($"""<rect class="bar" x="{NameWidth}" y="{top + 3}" width="{Number(Math.Max(0.5, length))}" height="{RowHeight - 7}"/><text class="tick" x="{Number(NameWidth + length + 5)}" y="{top + 15}">{ReportNumber.Share(shown[i].Count, present)}</text></g>""");
        }

        html.Add($"</svg>");
    }

    private static string Facts(ColumnProfile column)
    {
        var facts = new List<string> { $"{ReportNumber.Count(column.DistinctCount)} different" };
        if (column.MissingCount > 0) facts.Add($"{ReportNumber.Share(column.MissingShare)} missing");
        if (column.Numbers is { } numbers)
        {
            facts.Add($"quartiles {ReportNumber.Short(numbers.LowerQuartile)}, {ReportNumber.Short(numbers.Median)}, {ReportNumber.Short(numbers.UpperQuartile)}");
            facts.Add($"mean {ReportNumber.Short(numbers.Mean)} ± {ReportNumber.Short(numbers.Deviation)}");
            facts.Add($"skewness {ReportNumber.Short(numbers.Skewness)}");
            if (numbers.Zeros > 0) facts.Add($"{ReportNumber.Share(numbers.Zeros, column.RowCount)} zeros");
            if (numbers.Negatives > 0) facts.Add($"{ReportNumber.Share(numbers.Negatives, column.RowCount)} negative");
        }

        if (column.Lengths is { } lengths) facts.Add(lengths.Min == lengths.Max ? $"{ReportNumber.Count(lengths.Min, "character")}" : $"{ReportNumber.Count(lengths.Min)} to {ReportNumber.Count(lengths.Max, "character")}");
        return string.Join("; ", facts);
    }

    private static string Edge(ColumnProfile column, double edge) => column.Dates is null ? ReportNumber.Short(edge) : Shown.Of(DateTime.UnixEpoch.AddSeconds(edge).Date);

    private static string Number(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);
}
