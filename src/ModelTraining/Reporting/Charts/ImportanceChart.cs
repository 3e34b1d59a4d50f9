namespace ModelTraining;

/// <summary>The features that mattered most.</summary>
internal static class ImportanceChart
{
    private const int MostBars = 20;

    /// <summary>Whether there is something to show: a guess that knows no feature has none that mattered.</summary>
    public static bool CanShow(TrainedModel model) => model.Importances.Any(importance => importance.Gain > 0);

    public static void Write(Markup html, IReadOnlyList<FeatureImportance> importances)
    {
        var chart = new BarChart("Importances", $"{WhatOf(importances)}{Rest(importances)} A feature may stand in for one that it goes along with.");
        foreach (var importance in importances.Take(MostBars)) chart.Add(importance.Feature, importance.Gain, ReportNumber.Share(importance.Gain));
        chart.WriteTo(html);
    }

    /// <summary>What a share is a share of, as a sentence.</summary>
    public static string WhatOf(IReadOnlyList<FeatureImportance> importances) => importances.Any(importance => importance.Splits > 0)
        ? "The share of all that splits took off the loss."
        : "The share of the coefficients' sizes, each per deviation of its feature.";

    private static string Rest(IReadOnlyList<FeatureImportance> importances) => importances.Count <= MostBars
        ? ""
        : $" Shown are {ReportNumber.Count(MostBars)} of {ReportNumber.Count(importances.Count)} features; the others have {ReportNumber.Share(importances.Skip(MostBars).Sum(importance => importance.Gain))} together.";
}
