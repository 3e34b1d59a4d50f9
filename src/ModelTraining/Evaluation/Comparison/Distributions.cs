namespace ModelTraining;

/// <summary>Tails of distributions, to some twelve digits.</summary>
internal static class Distributions
{
    private const int MostTerms = 500;
    private const double Tiny = 1e-300;
    private static readonly double[] Lanczos = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

    /// <summary>The chance that a normal variable is as far from 0, on either side.</summary>
    public static double NormalTwoSided(double z) => ErrorFunctionComplement(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The chance that Student's t is as far from 0, on either side.</summary>
    public static double StudentTwoSided(double t, double freedom)
    {
        if (double.IsNaN(t) || freedom < 1) return double.NaN;
        return IncompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
    }

    /// <summary>The number that Student's t is at most as far from 0 as, on either side, with a chance of <paramref name="share"/>; found by halving.</summary>
    public static double StudentQuantile(double share, double freedom)
    {
        var (low, high) = (0.0, 1.0);
        while (1 - StudentTwoSided(high, freedom) < share) high *= 2;
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (1 - StudentTwoSided(middle, freedom) < share) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The chance of at most so many heads in so many throws.</summary>
    public static double BinomialAtMost(int heads, int throws)
    {
        var sum = 0.0;
        for (var i = 0; i <= heads; i++) sum += Math.Exp(LogGamma(throws + 1.0) - LogGamma(i + 1.0) - LogGamma(throws - i + 1.0) - throws * Math.Log(2));
        return Math.Min(1, sum);
    }

    /// <summary>1 − erf(x), for x from 0 on: a series near 0, a continued fraction beyond (Abramowitz and Stegun, 7.1.6 and 7.1.14).</summary>
    private static double ErrorFunctionComplement(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x > 27) return 0;
        if (x < 2)
        {
            var (term, sum) = (x, x);
            for (var n = 1; n < MostTerms && term > 1e-17 * sum; n++)
            {
                term *= 2 * x * x / (2 * n + 1);
                sum += term;
            }

            return 1 - 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }

        var fraction = 0.0;
        for (var n = 100; n >= 1; n--) fraction = n / 2.0 / (x + fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / (x + fraction);
    }

    /// <summary>The regularised incomplete beta function, by its continued fraction (Abramowitz and Stegun, 26.5.8) after Lentz.</summary>
    private static double IncompleteBeta(double a, double b, double x)
    {
        if (x is <= 0 or >= 1) return x <= 0 ? 0 : 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - IncompleteBeta(b, a, 1 - x);
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x)) / a;
        double c = 1, d = 1 / NotZero(1 - (a + b) * x / (a + 1)), fraction = d;
        for (var m = 1; m < MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / NotZero(1 + even * d);
            c = NotZero(1 + even / c);
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / NotZero(1 + odd * d);
            c = NotZero(1 + odd / c);
            fraction *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }

        return front * fraction;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    /// <summary>ln Γ(x) for x from 1/2 on (Lanczos, "A precision approximation of the gamma function", 1964; g = 7, nine terms).</summary>
    private static double LogGamma(double x)
    {
        x -= 1;
        var sum = 0.99999999999980993;
        for (var i = 0; i < Lanczos.Length; i++) sum += Lanczos[i] / (x + i + 1);
        var t = x + Lanczos.Length - 0.5;
        return 0.5 * Math.Log(2 * Math.PI) + (x + 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
