using System.Globalization;

namespace ModelTraining;

/// <summary>What goes with the label.</summary>
internal static class LabelAssociationSection
{
    private const int MostBars = 20;

    public static void Write(Markup html, DataProfile profile)
    {
        var found = profile.Columns.Where(column => column.WithLabel is not null).OrderByDescending(column => Math.Abs(column.WithLabel!.Value)).ToList();
        if (profile.Label is not { } label || found.Count == 0) return;
        html.Add($"<section><h2>What goes with the label</h2>");
        var rest = found.Count > MostBars ? $" Shown are the {ReportNumber.Count(MostBars)} strongest of {ReportNumber.Count(found.Count)} columns." : "";
        var chart = new BarChart($"Association with {Excerpt.Of(label.Name)}", $"Each column by itself: 0 is none, 1 or −1 is all. Pearson or Spearman, whichever is stronger, between numbers; Cramér's V between categories; the correlation ratio between the two kinds.{rest}");
        foreach (var column in found.Take(MostBars)) chart.Add(column.Name, Math.Abs(column.WithLabel!.Value), column.WithLabel.Value.ToString("0.00", CultureInfo.InvariantCulture));
        html.Add($"""<div class="charts">""");
        chart.WriteTo(html);
        DistributionChart.Write(html, label);
        html.Add($"</div></section>\n");
    }
}
