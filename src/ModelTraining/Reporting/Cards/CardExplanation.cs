namespace ModelTraining;

/// <summary>What a model goes by, in its card.</summary>
internal static class CardExplanation
{
    private const int MostColumns = 10;

    public static void Write(Markdown card, PipelineRun run)
    {
        if (run.ShownExplanation is not { } explanation) return;
        if (explanation.Shap is { } shap && ExplanationSection.CanShow(shap)) WriteShap(card, shap.ByColumn());
        if (explanation.Permutations.Count > 0) WritePermutations(card, explanation);
    }

    private static void WriteShap(Markdown card, ShapValues shap)
    {
        card.Line($"## What moves its predictions").Line($"");
        card.Line($"SHAP values of {ReportNumber.Count(shap.Rows.RowCount, "test row")}: their mean size by column, in {shap.Unit}{(shap.Outputs.Count > 1 ? ", summed over the classes" : $" of {shap.Outputs[0]}")}.").Line($"");
        if (shap.Outputs.Count > 1)
        {
            card.Line($"| column | mean size |").Line($"|---|---:|");
            foreach (var (column, size) in shap.Importances.Take(MostColumns)) card.Line($"| {column} | {ReportNumber.Short(size)} |");
        }
        else
        {
            card.Line($"| column | mean size | more of it |").Line($"|---|---:|---|");
            foreach (var effect in ShapEffect.Of(shap, MostColumns)) card.Line($"| {effect.Importance.Feature} | {ReportNumber.Short(effect.Importance.MeanAbsolute)} | {effect.OfMore ?? ReportNumber.None} |");
        }

        card.Line($"");
    }

    private static void WritePermutations(Markdown card, Explanation explanation)
    {
        card.Line($"## What it would miss").Line($"");
        card.Line($"How much worse {explanation.Metric} gets on the test rows, where it is {ReportNumber.Short(explanation.Score)}, when a column's values are put into random order.").Line($"");
        card.Line($"| column | worse by |").Line($"|---|---:|");
        foreach (var (column, mean, deviation) in explanation.Permutations.Take(MostColumns)) card.Line($"| {column} | {PermutationChart.Text(explanation, mean, deviation)} |");
        card.Line($"");
    }
}
