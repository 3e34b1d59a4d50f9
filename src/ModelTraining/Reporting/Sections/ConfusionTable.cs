namespace ModelTraining;

/// <summary>The confusion matrix, a row for each true class, shaded by the share of the row; of many classes the most frequent confusions.</summary>
internal static class ConfusionTable
{
    private const int MostClasses = 20;
    private const int MostConfusions = 20;

    public static void Write(Markup html, ConfusionMatrix matrix)
    {
        html.Add($"<figure><figcaption>Confusion matrix</figcaption>");
        if (matrix.Classes.Count <= MostClasses) WriteMatrix(html, matrix);
        else WriteList(html, matrix);
        html.Add($"</figure>");
    }

    private static void WriteMatrix(Markup html, ConfusionMatrix matrix)
    {
        html.Add($"""<div class="wide"><table class="matrix"><thead><tr><th>true class ↓, predicted →</th>""");
        foreach (var name in matrix.Classes) html.Add($"""<th scope="col">{Excerpt.Of(name)}</th>""");
        html.Add($"</tr></thead><tbody>");
        for (var actual = 0; actual < matrix.Classes.Count; actual++)
        {
            html.Add($"""<tr><th scope="row">{Excerpt.Of(matrix.Classes[actual])}</th>""");
            var total = Total(matrix, actual);
            for (var predicted = 0; predicted < matrix.Classes.Count; predicted++)
            {
                var count = matrix[actual, predicted];
                html.Add($"""<td class="{(actual == predicted ? "right" : "")}" style="--share:{ReportNumber.Width(total > 0 ? count / total : 0)}">{ReportNumber.Count(count)}""");
                if (count > 0) html.Add($"<small>{ReportNumber.Share(count, total)}</small>");
                html.Add($"</td>");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div><p>Percentages are of the row; what is right is framed.</p>");
    }

    private static void WriteList(Markup html, ConfusionMatrix matrix)
    {
        var confusions = (
            from actual in Enumerable.Range(0, matrix.Classes.Count)
            from predicted in Enumerable.Range(0, matrix.Classes.Count)
            where actual != predicted && matrix[actual, predicted] > 0
            orderby matrix[actual, predicted] descending
            select (actual, predicted)).ToList();
        html.Add($"<p>{ReportNumber.Count(matrix.Classes.Count)} classes; the most frequent of {ReportNumber.Count(confusions.Count, "confusion")}.</p>");
        if (confusions.Count == 0) return;
        html.Add($"""<div class="wide"><table><thead><tr><th>true class</th><th>predicted</th><th class="n">rows</th><th class="n">of the true class</th></tr></thead><tbody>""");
        foreach (var (actual, predicted) in confusions.Take(MostConfusions))
        {
            var count = matrix[actual, predicted];
            html.Add($"""<tr><th scope="row">{Excerpt.Of(matrix.Classes[actual])}</th><td>{Excerpt.Of(matrix.Classes[predicted])}</td><td class="n">{ReportNumber.Count(count)}</td><td class="n">{ReportNumber.Share(count, Total(matrix, actual))}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
    }

    private static double Total(ConfusionMatrix matrix, int actual) => Enumerable.Range(0, matrix.Classes.Count).Sum(predicted => matrix[actual, predicted]);
}
