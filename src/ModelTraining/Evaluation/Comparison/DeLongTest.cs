namespace ModelTraining;

/// <summary>
/// Whether two areas under the ROC curve of the same rows differ (DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating
/// characteristic curves", 1988), by midranks in the time of a sort (Sun and Xu, "Fast implementation of DeLong's algorithm", 2014).
/// </summary>
internal static class DeLongTest
{
    public static ComparisonTest Compare(EvaluatedRows rows, EvaluatedRows others)
    {
        var (a, b) = (Components(rows), Components(others));
        var difference = a.Area - b.Area;
        var variance = VarianceOfMean(a.OfPositives, b.OfPositives) + VarianceOfMean(a.OfNegatives, b.OfNegatives);
        var z = variance > 0 ? difference / Math.Sqrt(variance) : difference == 0 ? 0 : double.NaN;
        return new ComparisonTest("DeLong", "roc_auc", z, Distributions.NormalTwoSided(z), $"z = {ReportNumber.Short(z)}");
    }

    /// <summary>The area, and what each positive and each negative row contributes: the share of the others that it stands on the right side of.</summary>
    private static (double Area, double[] OfPositives, double[] OfNegatives) Components(EvaluatedRows rows)
    {
        var scores = new double[rows.Count];
        for (var row = 0; row < scores.Length; row++) scores[row] = rows.Outputs[2 * row + 1];
        var positive = Array.ConvertAll(rows.Targets, target => target > 0);
        var (positives, negatives) = (scores.Where((_, row) => positive[row]).ToArray(), scores.Where((_, row) => !positive[row]).ToArray());
        var (all, amongPositives, amongNegatives) = (Midranks.Of(scores), Midranks.Of(positives), Midranks.Of(negatives));
        var (p, n) = (0, 0);
        for (var row = 0; row < scores.Length; row++)
        {
            if (positive[row]) amongPositives[p] = (all[row] - amongPositives[p++]) / negatives.Length;
            else amongNegatives[n] = 1 - (all[row] - amongNegatives[n++]) / positives.Length;
        }

        return (amongPositives.Average(), amongPositives, amongNegatives);
    }

    private static double VarianceOfMean(double[] a, double[] b)
    {
        if (a.Length < 2) return double.NaN;
        var mean = a.Average() - b.Average();
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i] - mean) * (a[i] - b[i] - mean);
        return sum / (a.Length - 1) / a.Length;
    }
}
