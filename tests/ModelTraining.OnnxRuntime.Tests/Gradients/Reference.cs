namespace ModelTraining.Tests.Gradients;

/// <summary>Functions in double that .NET lacks, written for clarity.</summary>
internal static class Reference
{
    /// <summary>The error function by its Taylor series, which is exact to double for the arguments of the tests.</summary>
    public static double Erf(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 100; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
