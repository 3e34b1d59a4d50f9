namespace ModelTraining;

/// <summary>How much worse the model gets without a column's order.</summary>
internal static class PermutationChart
{
    private const int MostBars = 12, ValueWidth = 112;

    public static void Write(Markup html, Explanation explanation)
    {
        var rest = explanation.Permutations.Count > MostBars ? $" Shown are {ReportNumber.Count(MostBars)} of {ReportNumber.Count(explanation.Permutations.Count)} columns." : "";
        var chart = new BarChart("Permutation importances", $"How much worse {explanation.Metric} gets on the test rows, where it is {ReportNumber.Short(explanation.Score)}, when a column's values are put into random order: the mean of the repeats and their deviation. What another column says as well is not missed.{rest}", ValueWidth);
        foreach (var (column, mean, deviation) in explanation.Permutations.Take(MostBars)) chart.Add(column, mean, Text(explanation, mean, deviation));
        chart.WriteTo(html);
    }

    /// <summary>"0.0312 ± 0.0021", with as many decimals as the metric has.</summary>
    public static string Text(Explanation explanation, double mean, double deviation) => $"{ReportNumber.Metric(mean, explanation.Score)} ± {ReportNumber.Metric(deviation, explanation.Score)}";
}
