namespace ModelTraining;

/// <summary>A report as a page of its own.</summary>
internal static class ReportPage
{
    /// <summary>The page. Its policy forbids what it does not need: scripts, and anything that is loaded.</summary>
    public static string Of(string title, Action<Markup> writeArticle)
    {
        var html = new Markup();
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
        writeArticle(html);
        html.Add($"</body>\n</html>\n");
        return html.ToString();
    }
}
