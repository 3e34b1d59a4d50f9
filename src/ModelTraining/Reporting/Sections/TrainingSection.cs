namespace ModelTraining;

/// <summary>How the model learned, and what mattered to it.</summary>
internal static class TrainingSection
{
    public static void Write(Markup html, PipelineRun run)
    {
        if (run.ModelOrNull is not { } model || (model.History is null && !ImportanceChart.CanShow(model))) return;
        html.Add($"""<section><h2>How it learned, and what mattered</h2><div class="charts">""");
        if (model.History is { } history) LearningCurveChart.Write(html, history);
        if (model is NetworkModel { FoundLearningRate: { } rate }) LearningRateChart.Write(html, rate);
        if (model is NetworkModel { FoundBatchSize: { } size }) BatchSizeChart.Write(html, size);
        if (ImportanceChart.CanShow(model)) ImportanceChart.Write(html, model.Importances);
        html.Add($"</div>");
        if (NetworkWords.Of(model) is { } words) html.Add($"<p>{words}</p>");
        if ((model is CalibratedModel calibrated ? calibrated.Inner : model) is IDescribesTraining { Description: var description }) html.Add($"<p>{description}</p>");
        html.Add($"</section>\n");
    }
}
