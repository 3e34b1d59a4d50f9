namespace ModelTraining;

/// <summary>
/// How many units of a whole number a gradient and a hessian of 1 become. A row's two numbers are packed into 32 bits, 16 each; their sums into 64,
/// the gradients' (signed) in the upper half and the hessians' in the lower. No sum over any rows may leave its half.
/// </summary>
/// <param name="Gradient">Units a gradient of 1 becomes.</param>
/// <param name="Hessian">Units a hessian of 1 becomes.</param>
internal readonly record struct GradientScale(double Gradient, double Hessian)
{
    private const double MostRowGradient = short.MaxValue - 1;
    private const double MostRowHessian = ushort.MaxValue - 1;
    private const double MostGradientSum = int.MaxValue;
    private const double MostHessianSum = uint.MaxValue;

    // Products and sums are rounded where they are computed in 32 bits; a millionth is more than that can come to.
    private const double Margin = 1 - 1e-6;

    /// <summary>The finest scale that is safe. Stochastic rounding adds less than one unit a row.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="totals">Of these rows.</param>
    /// <param name="constantHessian">Whether every hessian is 1, which then is one unit: rows are counted, not rounded.</param>
    public static GradientScale For(int rows, GradientTotals totals, bool constantHessian) => new(
        Finest(MostRowGradient, totals.MostGradient, MostGradientSum - rows, totals.AbsoluteGradients),
        constantHessian ? 1 : Finest(MostRowHessian, totals.MostHessian, MostHessianSum - rows, totals.Hessians));

    private static double Finest(double mostOfRow, double row, double mostOfSum, double sum) =>
        row > 0 ? Margin * Math.Min(mostOfRow / row, mostOfSum / sum) : 1;
}
