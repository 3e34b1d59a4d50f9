using System.Globalization;

namespace ModelTraining;

/// <summary>Which columns go together.</summary>
internal static class AssociationSection
{
    private const int MostPairs = 15;

    public static void Write(Markup html, DataProfile profile)
    {
        if (profile.Associations.Count == 0) return;
        html.Add($"<section><h2>Which columns go together</h2>");
        AssociationHeatMap.Write(html, profile);
        html.Add($"""<h3>The strongest</h3><div class="wide"><table><thead><tr><th>column</th><th>goes with</th><th class="n">by</th><th>measured as</th></tr></thead><tbody>""");
        foreach (var pair in profile.Associations.Take(MostPairs))
        {
            html.Add($"""<tr><td><code>{Excerpt.Of(pair.First, 100)}</code></td><td><code>{Excerpt.Of(pair.Second, 100)}</code></td><td class="n part" style="--share:{ReportNumber.Width(Math.Abs(pair.Value))}">{pair.Value.ToString("0.00", CultureInfo.InvariantCulture)}</td><td>{pair.Word}</td></tr>""");
        }

        html.Add($"</tbody></table></div></section>\n");
    }
}
