namespace ModelTraining;

/// <summary>
/// Whether two classifiers are right on the same rows as often (McNemar, 1947): of the rows that one of them is right on, each should have half. The exact binomial
/// test for few such rows, χ² with Edwards' correction for more.
/// </summary>
internal static class McNemarTest
{
    private const int FewRows = 50;

    public static ComparisonTest Compare(EvaluatedRows rows, EvaluatedRows others)
    {
        var a = rows.Batch();
        var b = others.Batch();
        var (only, otherOnly) = (0, 0);
        for (var row = 0; row < rows.Count; row++)
        {
            var (right, otherRight) = (a.PredictedClass(row) == (int)rows.Targets[row], b.PredictedClass(row) == (int)rows.Targets[row]);
            if (right && !otherRight) only++;
            if (otherRight && !right) otherOnly++;
        }

        var (statistic, p) = Test(only, otherOnly);
        return new ComparisonTest("McNemar", "accuracy", statistic, p, $"{ReportNumber.Count(only, "row")} right by the first alone, {ReportNumber.Count(otherOnly)} by the second alone");
    }

    internal static (double Statistic, double PValue) Test(int only, int otherOnly)
    {
        var all = only + otherOnly;
        var least = Math.Min(only, otherOnly);
        if (all <= FewRows) return (least, Math.Min(1, 2 * Distributions.BinomialAtMost(least, all)));
        var distance = Math.Max(0, Math.Abs(only - otherOnly) - 1.0);
        var statistic = distance * distance / all;
        return (statistic, Distributions.NormalTwoSided(Math.Sqrt(statistic)));
    }
}
