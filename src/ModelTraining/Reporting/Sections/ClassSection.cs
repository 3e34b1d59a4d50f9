namespace ModelTraining;

/// <summary>How well classes are told apart.</summary>
internal static class ClassSection
{
    private const int MostClasses = 50;
    private const int MostClassesBesideCurves = 4;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.EvaluationOrNull is not { ConfusionMatrix: { } matrix } evaluation) return;
        html.Add($"""<section><h2>How classes are told apart</h2>""");
        if (run.Report<CalibrationReport>() is { } calibration) html.Add($"<p>Probabilities are calibrated: {calibration.ToString()}</p>");
        if (run.Report<ThresholdReport>() is { } chosen) html.Add($"<p>{chosen.ToString()}</p>");
        html.Add($"""<div class="charts">""");
        if (matrix.Classes.Count <= MostClassesBesideCurves) ConfusionTable.Write(html, matrix);
        if (evaluation.Curves.Count > 0)
        {
            RocChart.Write(html, evaluation);
            PrecisionRecallChart.Write(html, evaluation);
        }

        CalibrationChart.Write(html, evaluation);
        if (run.Report<ThresholdReport>() is { } threshold) ThresholdChart.Write(html, threshold);
        html.Add($"</div>");
        if (matrix.Classes.Count > MostClassesBesideCurves) ConfusionTable.Write(html, matrix);
        if (evaluation.PerClass.Count > 2) WritePerClass(html, evaluation.PerClass);
        html.Add($"</section>\n");
    }

    private static void WritePerClass(Markup html, IReadOnlyList<ClassMetrics> classes)
    {
        html.Add($"""<h3>Class by class</h3><div class="wide"><table><thead><tr><th>class</th><th class="n">precision</th><th class="n">recall</th><th class="n">F1</th><th class="n">test rows</th></tr></thead><tbody>""");
        foreach (var metrics in classes.Take(MostClasses))
        {
            html.Add($"""<tr><th scope="row">{Excerpt.Of(metrics.Class)}</th><td class="n">{ReportNumber.Metric(metrics.Precision, 1)}</td><td class="n">{ReportNumber.Metric(metrics.Recall, 1)}</td>""");
            html.Add($"""<td class="n">{ReportNumber.Metric(metrics.F1Score, 1)}</td><td class="n">{ReportNumber.Count(metrics.Support)}</td></tr>""");
        }

        html.Add($"</tbody></table></div>");
        if (classes.Count > MostClasses) html.Add($"<p>… and {ReportNumber.Count(classes.Count - MostClasses)} more classes.</p>");
    }
}
