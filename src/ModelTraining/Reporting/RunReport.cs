namespace ModelTraining;

/// <summary>The report of a run, section after section. A section is a file in Sections, a picture one in Charts.</summary>
internal static class RunReport
{
    /// <summary>A page of its own.</summary>
    public static string Page(PipelineRun run) => ReportPage.Of(HeaderSection.Title(run), html => Write(html, run));

    /// <summary>The same to stand within another page.</summary>
    public static string Article(PipelineRun run)
    {
        var html = new Markup();
        Write(html, run);
        return html.ToString();
    }

    private static void Write(Markup html, PipelineRun run)
    {
        ReportStyle.Write(html);
        html.Add($"""<article class="mt-report">""");
        HeaderSection.Write(html, run);
        WarningSection.Write(html, run);
        MetricSection.Write(html, run);
        ClassSection.Write(html, run);
        PredictionSection.Write(html, run);
        TrainingSection.Write(html, run);
        ExplanationSection.Write(html, run);
        DataSection.Write(html, run);
        if (run.Report<DataProfile>() is { } profile) ProfileReport.WriteSections(html, profile);
        CleaningSection.Write(html, run);
        PreparationSection.Write(html, run);
        SplitSection.Write(html, run);
        SettingsSection.Write(html, run);
        FileSection.Write(html, run);
        html.Add($"</article>\n");
    }
}
