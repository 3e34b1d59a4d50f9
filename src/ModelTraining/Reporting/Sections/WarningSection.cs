namespace ModelTraining;

/// <summary>What deserves a look, before anything else.</summary>
internal static class WarningSection
{
    private const int Longest = 1000;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.Warnings.Count == 0) return;
        html.Add($"""<section class="warn"><h2>⚠ {ReportNumber.Count(run.Warnings.Count, "warning")}</h2><ul>""");
        foreach (var warning in run.Warnings) html.Add($"<li>{Excerpt.Of(warning, Longest)}</li>");
        html.Add($"</ul></section>\n");
    }
}
