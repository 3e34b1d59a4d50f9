namespace ModelTraining;

/// <summary>What the model goes by.</summary>
internal static class ExplanationSection
{
    public static void Write(Markup html, PipelineRun run)
    {
        if (run.ShownExplanation is not { } explanation) return;
        var shap = explanation.Shap is { } values && CanShow(values) ? values : null;
        if (shap is null && explanation.Permutations.Count == 0) return;
        html.Add($"""<section><h2>What it goes by</h2><div class="charts">""");
        if (shap is not null) ShapChart.Write(html, shap);
        if (explanation.Permutations.Count > 0) PermutationChart.Write(html, explanation);
        html.Add($"</div></section>\n");
    }

    /// <summary>Whether anything moved a prediction.</summary>
    public static bool CanShow(ShapValues shap) => shap.Importances.Any(importance => importance.MeanAbsolute > 0);
}
