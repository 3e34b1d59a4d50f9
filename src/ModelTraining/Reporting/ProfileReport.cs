namespace ModelTraining;

/// <summary>The report of a profile, section after section. A section is a file in Profiles, a picture one in Charts.</summary>
internal static class ProfileReport
{
    /// <summary>A page of its own.</summary>
    public static string Page(DataProfile profile)
    {
        var html = new Markup();
        RunReport.BeginPage(html, $"{Path.GetFileName(profile.Description)}: profile of the data");
        Write(html, profile);
        RunReport.EndPage(html);
        return html.ToString();
    }

    /// <summary>The same to stand within another page.</summary>
    public static string Article(DataProfile profile)
    {
        var html = new Markup();
        Write(html, profile);
        return html.ToString();
    }

    /// <summary>What the report of a run shows of a profile.</summary>
    public static void WriteSections(Markup html, DataProfile profile)
    {
        LabelAssociationSection.Write(html, profile);
        ColumnTableSection.Write(html, profile);
        DistributionSection.Write(html, profile);
        AssociationSection.Write(html, profile);
        MissingSection.Write(html, profile);
    }

    private static void Write(Markup html, DataProfile profile)
    {
        ReportStyle.Write(html);
        html.Add($"""<article class="mt-report">""");
        ProfileHeaderSection.Write(html, profile);
        WriteSections(html, profile);
        html.Add($"</article>\n");
    }
}
