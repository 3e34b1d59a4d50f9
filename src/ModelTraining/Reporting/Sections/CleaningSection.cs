namespace ModelTraining;

/// <summary>What cleaning found and did.</summary>
internal static class CleaningSection
{
    private const int MostFindings = 40;
    private const int MostExamples = 2;

    public static void Write(Markup html, PipelineRun run)
    {
        html.Add($"<section><h2>What cleaning did</h2>");
        if (run.Report<CleanReport>() is not { } report) html.Add($"<p>The pipeline has no <code>Clean</code>: rows are as they were read.</p>");
        else if (report.Findings.Count == 0) html.Add($"<p>{ReportNumber.Count(report.RowsBefore, "row")} came, {ReportNumber.Count(report.RowsAfter)} stayed. Nothing to repair.</p>");
        else WriteFindings(html, report);
        html.Add($"</section>\n");
    }

    private static void WriteFindings(Markup html, CleanReport report)
    {
        html.Add($"""
            <p>{ReportNumber.Count(report.RowsBefore, "row")} came, {ReportNumber.Count(report.RowsAfter)} stayed. What learns from rows, such as bounds of outliers and columns that cannot help, looked at the training part alone.</p>
            <div class="wide"><table><thead><tr><th>step</th><th>column</th><th class="n">count</th><th class="n">of</th><th>what</th><th>for example</th></tr></thead><tbody>
            """);
        foreach (var step in report.Findings.GroupBy(finding => finding.Step))
        {
            foreach (var finding in step.Take(MostFindings)) WriteFinding(html, finding);
            var left = step.Count() - MostFindings;
            if (left > 0) html.Add($"""<tr><td>{CleanReport.Word(step.Key)}</td><td colspan="5">… and {ReportNumber.Count(left)} more columns</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void WriteFinding(Markup html, CleanFinding finding)
    {
        html.Add($"<tr><td>{(finding.Warning is null ? "" : "⚠\u00a0")}{CleanReport.Word(finding.Step)}</td>");
        html.Add($"""<td><code>{Excerpt.Of(finding.Column ?? "", 100)}</code></td><td class="n">{ReportNumber.Count(finding.Count)}</td><td class="n">{ReportNumber.Count(finding.Of)}</td><td class="words">{Excerpt.Of(finding.What, 300)}</td>""");
        html.Add($"""<td class="words">{string.Join("; ", finding.Examples.Take(MostExamples).Select(example => Excerpt.Of(example.ToString(), 100)))}</td></tr>""");
    }
}
