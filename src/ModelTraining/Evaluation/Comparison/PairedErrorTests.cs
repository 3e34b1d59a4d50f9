namespace ModelTraining;

/// <summary>Whether the errors of two regressions on the same rows are of one size.</summary>
internal static class PairedErrorTests
{
    /// <summary>By their mean (Student, 1908): for many rows whatever the errors' distribution.</summary>
    public static ComparisonTest Student(EvaluatedRows rows, EvaluatedRows others)
    {
        var differences = Differences(rows, others);
        var mean = differences.Length == 0 ? double.NaN : differences.Average();
        var variance = differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Length - 1);
        var t = mean == 0 ? 0 : mean / Math.Sqrt(variance / differences.Length);
        return new ComparisonTest("Paired t", "mean_absolute_error", t, Distributions.StudentTwoSided(t, differences.Length - 1), $"t = {ReportNumber.Short(t)}, {ReportNumber.Count(differences.Length - 1)} degrees of freedom");
    }

    /// <summary>
    /// By their ranks (Wilcoxon, "Individual comparisons by ranking methods", 1945), which few rows that are far off do not decide: rows without a difference are left out,
    /// and the sum of ranks is taken as normal, with the variance that ties leave.
    /// </summary>
    public static ComparisonTest Wilcoxon(EvaluatedRows rows, EvaluatedRows others)
    {
        var differences = Differences(rows, others).Where(difference => difference != 0).ToArray();
        double n = differences.Length, ties = 0;
        var ranks = Midranks.Of(Array.ConvertAll(differences, Math.Abs), (count, _) => ties += (double)count * count * count - count);
        var positive = 0.0;
        for (var i = 0; i < differences.Length; i++) if (differences[i] > 0) positive += ranks[i];
        var variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
        var z = n == 0 ? 0 : (positive - n * (n + 1) / 4) / Math.Sqrt(variance);
        return new ComparisonTest("Wilcoxon", "median_absolute_error", z, Distributions.NormalTwoSided(z), $"signed ranks of the errors' sizes, z = {ReportNumber.Short(z)}");
    }

    private static double[] Differences(EvaluatedRows rows, EvaluatedRows others)
    {
        var differences = new double[rows.Count];
        for (var row = 0; row < differences.Length; row++)
        {
            double truth = rows.Targets[row];
            differences[row] = Math.Abs(truth - rows.Outputs[row]) - Math.Abs(truth - others.Outputs[row]);
        }

        return differences;
    }
}
