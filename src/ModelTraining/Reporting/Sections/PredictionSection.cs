namespace ModelTraining;

/// <summary>How far off predicted numbers are.</summary>
internal static class PredictionSection
{
    public static void Write(Markup html, PipelineRun run)
    {
        if (run.EvaluationOrNull is not { Sample.Count: > 0 } evaluation) return;
        html.Add($"""<section><h2>How far off predictions are</h2><div class="charts">""");
        PredictedActualChart.Write(html, evaluation);
        ResidualChart.Write(html, evaluation);
        html.Add($"</div></section>\n");
    }
}
