namespace ModelTraining;

/// <summary>The classes whose curves there is room for.</summary>
internal static class ShownCurves
{
    /// <summary>All, or those of the least area where there are too many, in the order of the classes.</summary>
    public static IReadOnlyList<ClassCurve> Of(Evaluation evaluation)
    {
        if (evaluation.Curves.Count <= ChartCanvas.MostSeries) return evaluation.Curves;
        var shown = evaluation.Curves.OrderBy(curve => curve.AreaUnderRocCurve).Take(ChartCanvas.MostSeries).ToHashSet();
        return [.. evaluation.Curves.Where(shown.Contains)];
    }

    /// <summary>A sentence on what the curves are of.</summary>
    public static string Sentence(Evaluation evaluation) => evaluation.Curves.Count <= ChartCanvas.MostSeries
        ? "Each class against the rest."
        : $"Each class against the rest. Shown are the {ReportNumber.Count(ChartCanvas.MostSeries)} of {ReportNumber.Count(evaluation.Curves.Count)} classes that are told apart worst.";
}
