using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>The loops that linear models spend their time in, as wide as the processor goes.</summary>
internal static class Vectors
{
    /// <summary>Σ aᵢ·bᵢ.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (sum0, sum1) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 2 <= wideA.Length; i += 2)
        {
            sum0 += wideA[i] * wideB[i];
            sum1 += wideA[i + 1] * wideB[i + 1];
        }

        if (i < wideA.Length) sum0 += wideA[i] * wideB[i];
        var sum = Vector.Sum(sum0 + sum1);
        for (var rest = wideA.Length * Vector<double>.Count; rest < a.Length; rest++) sum += a[rest] * b[rest];
        return sum;
    }

    /// <summary>Σ aᵢ·bᵢ.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (sum0, sum1) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var i = 0; i < wideA.Length; i++)
        {
            Vector.Widen(wideA[i], out var low, out var high);
            sum0 += low * wideB[2 * i];
            sum1 += high * wideB[(2 * i) + 1];
        }

        var sum = Vector.Sum(sum0 + sum1);
        for (var rest = wideA.Length * Vector<float>.Count; rest < a.Length; rest++) sum += a[rest] * b[rest];
        return sum;
    }

    /// <summary>sumᵢ += factor·xᵢ.</summary>
    public static void AddScaled(ReadOnlySpan<float> x, double factor, Span<double> sum)
    {
        sum = sum[..x.Length];
        var wideX = MemoryMarshal.Cast<float, Vector<float>>(x);
        var wideSum = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < wideX.Length; i++)
        {
            Vector.Widen(wideX[i], out var low, out var high);
            wideSum[2 * i] += low * factors;
            wideSum[(2 * i) + 1] += high * factors;
        }

        for (var rest = wideX.Length * Vector<float>.Count; rest < x.Length; rest++) sum[rest] += factor * x[rest];
    }

    /// <summary>sumᵢ += factor·xᵢ.</summary>
    public static void AddScaled(ReadOnlySpan<double> x, double factor, Span<double> sum)
    {
        sum = sum[..x.Length];
        var wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        var wideSum = MemoryMarshal.Cast<double, Vector<double>>(sum);
        var factors = new Vector<double>(factor);
        for (var i = 0; i < wideX.Length; i++) wideSum[i] += wideX[i] * factors;
        for (var rest = wideX.Length * Vector<double>.Count; rest < x.Length; rest++) sum[rest] += factor * x[rest];
    }
}
