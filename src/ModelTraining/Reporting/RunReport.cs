namespace ModelTraining;

/// <summary>The report of a run, section after section. A section is a file in Sections, a picture one in Charts.</summary>
internal static class RunReport
{
    /// <summary>A page of its own. Its policy forbids what it does not need: scripts, and anything that is loaded.</summary>
    public static string Page(PipelineRun run)
    {
        var html = new Markup();
        BeginPage(html, HeaderSection.Title(run));
        Write(html, run);
        EndPage(html);
        return html.ToString();
    }

    /// <summary>All that stands before a page's content.</summary>
    public static void BeginPage(Markup html, string title)
    {
        html.Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="ModelTraining {LibraryVersion.Text}">
            <title>{title}</title>

            """);
        ReportStyle.WritePage(html);
        html.Add($"</head>\n<body>\n");
    }

    public static void EndPage(Markup html) => html.Add($"</body>\n</html>\n");

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
        CrossValidationSection.Write(html, run);
        MetricSection.Write(html, run);
        ClassSection.Write(html, run);
        PredictionSection.Write(html, run);
        SliceSection.Write(html, run);
        TrainingSection.Write(html, run);
        TuningSection.Write(html, run);
        ExplanationSection.Write(html, run);
        DataSection.Write(html, run);
        if (run.Report<DataProfile>() is { } profile) ProfileReport.WriteSections(html, profile);
        CleaningSection.Write(html, run);
        PreparationSection.Write(html, run);
        SplitSection.Write(html, run);
        BalanceSection.Write(html, run);
        SettingsSection.Write(html, run);
        FileSection.Write(html, run);
        html.Add($"</article>\n");
    }
}
