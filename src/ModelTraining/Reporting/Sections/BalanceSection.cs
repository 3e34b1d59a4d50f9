namespace ModelTraining;

/// <summary>How many training rows each class had, and has, and how much they count, method after method.</summary>
internal static class BalanceSection
{
    private const int MostClasses = 30;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.Report<BalanceReport>() is not { Changes: [var first, ..] } report) return;
        html.Add($"<section><h2>How classes were balanced</h2><p>Training rows only: validation and test rows are as they were.{Shift(run)}</p>");
        html.Add($"""<div class="wide"><table><thead><tr><th></th><th class="n">before</th><th class="n">share</th>""");
        foreach (var change in report.Changes) html.Add($"""<th class="n">{change.Method}</th><th class="n">share</th>""");
        html.Add($"</tr></thead><tbody>");
        for (var i = 0; i < Math.Min(first.Classes.Count, MostClasses); i++)
        {
            html.Add($"""<tr><th scope="row">{Excerpt.Of(first.Classes[i].Class)}</th>""");
            Cells(html, ReportNumber.Count(first.Classes[i].RowsBefore), Share(first.Classes, i, c => c.RowsBefore));
            foreach (var change in report.Changes)
            {
                var own = change.Classes[i];
                Cells(html, $"{ReportNumber.Count(own.RowsAfter)}{(own.Weight == 1 ? "" : $" × {ReportNumber.Short(own.Weight)}")}", Share(change.Classes, i, c => c.RowsAfter * c.Weight));
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
        if (first.Classes.Count > MostClasses) html.Add($"<p>… and {ReportNumber.Count(first.Classes.Count - MostClasses)} more classes.</p>");
        html.Add($"</section>\n");
    }

    /// <summary>What the balance does to probabilities, unless that was mended.</summary>
    public static string Shift(PipelineRun run) => run.Report<CalibrationReport>() is null
        ? " Probabilities are those of classes so balanced, and not of the data's: Calibrate brings them back."
        : "";

    private static double Share(IReadOnlyList<ClassBalance> classes, int i, Func<ClassBalance, double> of) => of(classes[i]) / classes.Sum(of);

    private static void Cells(Markup html, string rows, double share) =>
        html.Add($"""<td class="n">{rows}</td><td class="n part" style="--share:{ReportNumber.Width(share)}">{ReportNumber.Share(share)}</td>""");
}
