using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>Sums of loss, gradients and hessians over rows, eight at a time, in 64 bits.</summary>
internal struct LossSums
{
    private Vector256<double> _loss;
    private Vector256<double> _gradients;
    private Vector256<double> _hessians;
    private Vector256<float> _mostGradient;
    private Vector256<float> _mostHessian;

    public readonly double Loss => Vector256.Sum(_loss);

    public readonly GradientTotals Totals => new(Vector256.Sum(_gradients), Most(_mostGradient), Vector256.Sum(_hessians), Most(_mostHessian));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddLoss(Vector256<float> loss)
    {
        var (lower, upper) = Vector256.Widen(loss);
        _loss += lower + upper;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddSquares(Vector256<float> errors, Vector256<float> weights)
    {
        var (lower, upper) = Vector256.Widen(errors);
        var (lowerWeight, upperWeight) = Vector256.Widen(weights);
        _loss += (lower * lower * lowerWeight) + (upper * upper * upperWeight);
    }

    /// <summary>A single row, its weight in all three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddRow(double loss, double gradient, double hessian)
    {
        gradient = Math.Abs(gradient);
        _loss += Vector256.CreateScalar(loss);
        _gradients += Vector256.CreateScalar(gradient);
        _hessians += Vector256.CreateScalar(hessian);
        _mostGradient = Vector256.Max(_mostGradient, Vector256.CreateScalar((float)gradient));
        _mostHessian = Vector256.Max(_mostHessian, Vector256.CreateScalar((float)hessian));
    }

    /// <param name="gradient">Weighted.</param>
    /// <param name="hessian">Weighted.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddGradient(Vector256<float> gradient, Vector256<float> hessian)
    {
        gradient = Vector256.Abs(gradient);
        var (lower, upper) = Vector256.Widen(gradient);
        _gradients += lower + upper;
        (lower, upper) = Vector256.Widen(hessian);
        _hessians += lower + upper;
        _mostGradient = Vector256.Max(_mostGradient, gradient);
        _mostHessian = Vector256.Max(_mostHessian, hessian);
    }

    private static float Most(Vector256<float> values)
    {
        var most = 0f;
        for (var i = 0; i < Vector256<float>.Count; i++) most = Math.Max(most, values[i]);
        return most;
    }
}
