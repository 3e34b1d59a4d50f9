namespace ModelTraining;

/// <summary>What the gradients and hessians of all rows come to; from it follows how finely they can be quantised.</summary>
/// <param name="AbsoluteGradients">The sum of the gradients' magnitudes.</param>
/// <param name="MostGradient">The greatest magnitude of a gradient.</param>
/// <param name="Hessians">The sum of the hessians.</param>
/// <param name="MostHessian">The greatest hessian.</param>
internal readonly record struct GradientTotals(double AbsoluteGradients, double MostGradient, double Hessians, double MostHessian)
{
    public static GradientTotals operator +(GradientTotals left, GradientTotals right) => new(
        left.AbsoluteGradients + right.AbsoluteGradients,
        Math.Max(left.MostGradient, right.MostGradient),
        left.Hessians + right.Hessians,
        Math.Max(left.MostHessian, right.MostHessian));
}
