namespace ModelTraining;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double LogRootTwoPi = 0.91893853320467274178;

    public static double LogDensity(double z) => (-0.5 * z * z) - LogRootTwoPi;

    /// <summary>The mass below <paramref name="z"/>, by the series around 0 and the continued fraction of Mills' ratio beyond (Abramowitz and Stegun, 26.2.10 and 26.2.14).</summary>
    public static double Cumulative(double z)
    {
        var size = Math.Abs(z);
        if (size > 38) return z > 0 ? 1 : 0;
        if (size > 3)
        {
            var fraction = size;
            for (var i = 40; i >= 1; i--) fraction = size + (i / fraction);
            var tail = Math.Exp(LogDensity(size)) / fraction;
            return z > 0 ? 1 - tail : tail;
        }

        var (term, sum) = (z, z);
        for (var i = 1; Math.Abs(term) > 1e-17; i++)
        {
            term *= -z * z / (2 * i);
            sum += term / ((2 * i) + 1);
        }

        return 0.5 + (sum * Math.Exp(-LogRootTwoPi));
    }
}
