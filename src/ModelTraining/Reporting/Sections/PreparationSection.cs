namespace ModelTraining;

/// <summary>What the model does to a raw row before it predicts.</summary>
internal static class PreparationSection
{
    private const int MostSteps = 100;
    private const int Longest = 600;

    public static void Write(Markup html, PipelineRun run)
    {
        if (run.FeaturesOrNull is not { } features) return;
        var steps = features.Descriptions.ToList();
        html.Add($"<section><h2>What becomes of a row before the model sees it</h2>");
        if (run.Functions.All.Count > 0) html.Add($"<p>Outside of the exported model, by functions of the program that trained it: {Excerpt.Of(string.Join(", ", run.Functions.All.Select(function => function.Name)), Longest)}. Whoever calls the model computes them.</p>");
        if (steps.Count == 0) html.Add($"<p>Nothing: the model takes the columns as they are.</p>");
        else
        {
            html.Add($"<p>Learned from the training part, and part of the exported model.</p><ol>");
            foreach (var step in steps.Take(MostSteps)) html.Add($"<li>{Excerpt.Of(step, Longest)}</li>");
            html.Add($"</ol>");
            if (steps.Count > MostSteps) html.Add($"<p>… and {ReportNumber.Count(steps.Count - MostSteps)} more.</p>");
        }

        html.Add($"</section>\n");
    }
}
