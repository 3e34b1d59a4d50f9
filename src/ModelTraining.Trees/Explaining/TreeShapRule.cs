using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>Where the integral of SHAP values is evaluated for trees of up to so many features on a way from root to leaf, and with what weight.</summary>
internal sealed class TreeShapRule
{
    public TreeShapRule(int mostFeatures)
    {
        // Each SHAP value is the integral of a polynomial of a degree one less than there are features.
        var rule = QuadratureRule.Of(Math.Max(1, (mostFeatures + 1) / 2));
        var padded = (rule.Length + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;
        (Points, Weights) = (new double[padded], new double[padded]);
        Array.Fill(Points, 0.5); // in the places beyond the last, where the weight is 0
        for (var i = 0; i < rule.Length; i++) (Points[i], Weights[i]) = rule[i];
    }

    /// <summary>How many there are, a multiple of a vector's length.</summary>
    public int Count => Points.Length;

    public double[] Points { get; }

    public double[] Weights { get; }
}
