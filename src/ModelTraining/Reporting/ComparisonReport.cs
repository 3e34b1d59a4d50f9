namespace ModelTraining;

/// <summary>A comparison of two runs as a page of its own.</summary>
internal static class ComparisonReport
{
    public static string Page(RunComparison comparison)
    {
        var html = new Markup();
        RunReport.BeginPage(html, $"{comparison.Label}: {comparison.Name} beside {comparison.OtherName}");
        ReportStyle.Write(html);
        html.Add($"""<article class="mt-report"><header><h1><code>{Excerpt.Of(comparison.Label, 100)}</code>: {comparison.Name} beside {comparison.OtherName}</h1>""");
        html.Add($"""<p class="sub">On the same {ReportNumber.Count(comparison.RowCount, "test row")}.</p></header>""");
        WriteDifferences(html, comparison);
        if (comparison.Tests.Count > 0) WriteTests(html, comparison.Tests);
        html.Add($"</article>\n");
        RunReport.EndPage(html);
        return html.ToString();
    }

    private static void WriteDifferences(Markup html, RunComparison comparison)
    {
        html.Add($"<section><h2>How the metrics differ</h2><p>An interval holds the difference with 95 % confidence: both models meet the same bootstrap resamples of the test rows. Where 0 is in it, the difference may be chance.</p>");
        WriteTable(html, comparison, comparison.Differences.Where(difference => !difference.Secondary));
        if (comparison.Differences.Where(difference => difference.Secondary).ToList() is { Count: > 0 } others)
        {
            html.Add($"<details><summary>{ReportNumber.Count(others.Count)} more</summary>");
            WriteTable(html, comparison, others);
            html.Add($"</details>");
        }

        html.Add($"</section>\n");
    }

    private static void WriteTable(Markup html, RunComparison comparison, IEnumerable<MetricDifference> differences)
    {
        html.Add($"""<div class="wide"><table><thead><tr><th>metric</th><th class="n">{comparison.Name}</th><th class="n">{comparison.OtherName}</th><th class="n">difference</th><th class="n">95 % interval</th><th>{comparison.Name} is</th></tr></thead><tbody>""");
        foreach (var difference in differences)
        {
            var largest = Math.Max(Math.Abs(difference.Value), Math.Abs(difference.Other));
            var (style, word) = difference.Verdict switch { > 0 => ("good", "▲ better"), < 0 => ("bad", "▼ worse"), _ => ("", "not told apart") };
            html.Add($"""<tr><th scope="row"><code>{difference.Key}</code></th><td class="n">{ReportNumber.Metric(difference.Value, largest)}</td><td class="n">{ReportNumber.Metric(difference.Other, largest)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Metric(difference.Difference, largest)}</td><td class="n">{ReportNumber.Interval(difference.Interval, largest)}</td><td class="{style}">{word}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void WriteTests(Markup html, IReadOnlyList<ComparisonTest> tests)
    {
        html.Add($"""<section><h2>Tests</h2><div class="wide"><table><thead><tr><th>test</th><th>of</th><th class="n">p</th><th></th></tr></thead><tbody>""");
        foreach (var test in tests) html.Add($"""<tr><th scope="row">{test.Name}</th><td><code>{test.Metric}</code></td><td class="n">{ReportNumber.Short(test.PValue)}</td><td>{test.Detail}</td></tr>""");
        html.Add($"</tbody></table></div><p>p is how likely a difference of this size or more would be, were there none.</p></section>\n");
    }
}
