using System.Globalization;

namespace ModelTraining;

/// <summary>How strongly each pair of columns goes together, as shades: above the diagonal the values of numbers, below it their ranks.</summary>
internal static class AssociationHeatMap
{
    private const int MostColumns = 40, FewColumns = 12, ManyColumns = 22, LeftOfCells = 150, AboveCells = 116, RightOfCells = 78, LongestName = 20;
    private const double DarkestShade = 0.65;

    public static void Write(Markup html, DataProfile profile)
    {
        var names = Shown(profile);
        var cell = names.Count <= FewColumns ? 46 : names.Count <= ManyColumns ? 34 : 20;
        var (width, height) = (LeftOfCells + names.Count * cell + RightOfCells, AboveCells + names.Count * cell + 4);
        var left = names.Count < profile.AssociatedColumns.Count ? $" Shown are {ReportNumber.Count(names.Count)} of {ReportNumber.Count(profile.AssociatedColumns.Count)} columns." : "";
        var description = $"Between numbers Pearson above the diagonal and Spearman below it, between categories Cramér's V, between the two kinds the correlation ratio. The darker the stronger; what is negative has the other colour.{left}";
        html.Add($"""<figure><figcaption>Associations</figcaption><div class="wide"><svg class="heat" viewBox="0 0 {width} {height}" style="width:{width}px" role="img"><title>Associations</title><desc>{description}</desc>""");
        var cells = Cells(profile);
        for (var i = 0; i < names.Count; i++)
        {
            var (x, y) = (LeftOfCells + i * cell + cell / 2, AboveCells + i * cell + cell / 2);
            html.Add($"""<text class="name" x="{LeftOfCells - 6}" y="{y + 4}" text-anchor="end">{Excerpt.Of(names[i], LongestName)}</text><text class="name" transform="translate({x + 4} {AboveCells - 6}) rotate(-50)">{Excerpt.Of(names[i], LongestName)}</text>""");
            for (var j = 0; j < names.Count; j++) if (i != j && cells.TryGetValue((names[i], names[j], j > i), out var pair)) Cell(html, names[i], names[j], pair, LeftOfCells + j * cell, AboveCells + i * cell, cell);
        }

        html.Add($"""<rect x="{LeftOfCells}" y="{AboveCells}" width="{names.Count * cell}" height="{names.Count * cell}" class="axes" fill="none" stroke="currentColor"/></svg></div><p>{description}</p></figure>""");
    }

    private static void Cell(Markup html, string row, string column, Association pair, int x, int y, int size)
    {
        var value = pair.Value.ToString("0.00", CultureInfo.InvariantCulture);
        html.Add($"""<g><title>{row} and {column}: {value} ({pair.Word})</title><rect class="{(pair.Value < 0 ? "negative" : "positive")}" x="{x}" y="{y}" width="{size}" height="{size}" fill-opacity="{(DarkestShade * Math.Abs(pair.Value)).ToString("0.###", CultureInfo.InvariantCulture)}"/>""");
        if (size >= 34) html.Add($"""<text class="cell" x="{x + size / 2}" y="{y + size / 2 + 4}" text-anchor="middle">{value}</text>""");
        html.Add($"</g>");
    }

    /// <summary>By row, column and whether it is above the diagonal.</summary>
    private static Dictionary<(string Row, string Column, bool Above), Association> Cells(DataProfile profile)
    {
        var cells = new Dictionary<(string, string, bool), Association>();
        foreach (var pair in profile.Associations)
        {
            if (pair.Measure != AssociationMeasure.Spearman) cells[(pair.First, pair.Second, true)] = pair;
            if (pair.Measure != AssociationMeasure.Pearson) cells[(pair.Second, pair.First, false)] = pair;
        }

        return cells;
    }

    /// <summary>All, or the label and those that go with it most, in their order.</summary>
    private static List<string> Shown(DataProfile profile)
    {
        if (profile.AssociatedColumns.Count <= MostColumns) return [.. profile.AssociatedColumns];
        var label = profile.Label?.Name;
        var shown = profile.AssociatedColumns.OrderByDescending(name => name == label ? 2 : Math.Abs(profile[name].WithLabel?.Value ?? 0)).Take(MostColumns).ToHashSet();
        return [.. profile.AssociatedColumns.Where(shown.Contains)];
    }
}
