using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The standard normal distribution, of which Gelu is made (Hendrycks and Gimpel, 2016): x·Φ(x), whose slope is Φ(x) + x·φ(x).</summary>
internal static class NormalDistribution
{
    /// <summary>Φ by Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26, within 1e-7; and φ. One exponential serves both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<float> Below, Vector<float> Density) Of(Vector<float> x)
    {
        var magnitude = Vector.Abs(x);
        var bell = Exponential.Of(magnitude * magnitude * new Vector<float>(-0.5f));
        var t = Vector<float>.One / Vector.MultiplyAddEstimate(magnitude, new Vector<float>(0.3275911f * 0.70710678f), Vector<float>.One);
        var sum = Vector.MultiplyAddEstimate(t, new Vector<float>(1.061405429f), new Vector<float>(-1.453152027f));
        sum = Vector.MultiplyAddEstimate(sum, t, new Vector<float>(1.421413741f));
        sum = Vector.MultiplyAddEstimate(sum, t, new Vector<float>(-0.284496736f));
        sum = Vector.MultiplyAddEstimate(sum, t, new Vector<float>(0.254829592f));
        var tail = sum * t * bell * new Vector<float>(0.5f);
        return (Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), tail, Vector<float>.One - tail), bell * new Vector<float>(0.39894228f));
    }
}
