namespace ModelTraining;

/// <summary>The features that mattered most.</summary>
internal static class ImportanceChart
{
    private const int MostBars = 20;

    public static void Write(Markup html, IReadOnlyList<FeatureImportance> importances)
    {
        var shown = importances.Take(MostBars).ToList();
        var rest = importances.Skip(MostBars).Sum(importance => importance.Gain);
        var description = importances.Count <= MostBars
            ? "The share of all that splits took off the loss. A feature may stand in for one that it goes along with."
            : $"The share of all that splits took off the loss: {ReportNumber.Count(MostBars)} of {ReportNumber.Count(importances.Count)} features, the others together {ReportNumber.Share(rest)}. A feature may stand in for one that it goes along with.";
        var chart = new BarChart("Importances", description);
        foreach (var importance in shown) chart.Add(importance.Feature, importance.Gain, ReportNumber.Share(importance.Gain));
        chart.WriteTo(html);
    }
}
