namespace ModelTraining;

/// <summary>How well classes are told apart.</summary>
internal static class ClassSection
{
    private const int MostClasses = 50;
    private const int MostClassesBesideCurves = 4;

    /// <summary>Below this part of an equal share a class is rare: of two classes, a fifth of the rows.</summary>
    private const double RareShare = 0.4;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.EvaluationOrNull is not { ConfusionMatrix: { } matrix } evaluation) return;
        html.Add($"""<section><h2>How classes are told apart</h2>""");
        if (run.Report<CalibrationReport>() is { } calibration) html.Add($"<p>Probabilities are calibrated: {calibration.ToString()}</p>");
        if (run.Report<ThresholdReport>() is { } chosen) html.Add($"<p>{chosen.ToString()}</p>");
        var rarest = Rarest(evaluation.PerClass);
        if (rarest is not null) html.Add($"<p>Classes are skewed: of the test rows {ReportNumber.Share(rarest.Support / evaluation.PerClass.Sum(metrics => metrics.Support))} are '{Excerpt.Of(rarest.Class)}'. The precision-recall curve shows the false alarms that a ROC curve hides among so many others.</p>");
        html.Add($"""<div class="charts">""");
        if (matrix.Classes.Count <= MostClassesBesideCurves) ConfusionTable.Write(html, matrix);
        if (evaluation.Curves.Count > 0)
        {
            if (rarest is not null) PrecisionRecallChart.Write(html, evaluation);
            RocChart.Write(html, evaluation);
            if (rarest is null) PrecisionRecallChart.Write(html, evaluation);
        }

        CalibrationChart.Write(html, evaluation);
        if (run.Report<ThresholdReport>() is { } threshold) ThresholdChart.Write(html, threshold);
        html.Add($"</div>");
        if (matrix.Classes.Count > MostClassesBesideCurves) ConfusionTable.Write(html, matrix);
        if (evaluation.PerClass.Count > 2) WritePerClass(html, evaluation.PerClass);
        html.Add($"</section>\n");
    }

    /// <summary>The class of the fewest rows, where those are few enough that a ROC curve flatters (Saito and Rehmsmeier, PLOS ONE 10, 2015); null where classes are of about equal size.</summary>
    private static ClassMetrics? Rarest(IReadOnlyList<ClassMetrics> classes)
    {
        var all = classes.Sum(metrics => metrics.Support);
        return classes.Where(metrics => metrics.Support > 0 && metrics.Support < RareShare * all / classes.Count).MinBy(metrics => metrics.Support);
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
