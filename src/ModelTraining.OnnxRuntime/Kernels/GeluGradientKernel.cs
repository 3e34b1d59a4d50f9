using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The gradient of Gelu: (gradient, x) → gradient · (Φ(x) + x·φ(x)) (Hendrycks and Gimpel, 2016). One exponential serves both.</summary>
internal sealed unsafe class GeluGradientKernel : Kernel
{
    private float* _gradient, _input, _result;
    private long _count;

    public override void Run(in KernelCall call)
    {
        var gradient = call.Input(0);
        _gradient = gradient.Floats;
        _input = call.Input(1).Floats;
        _result = call.Output(0, gradient.Shape);
        _count = gradient.Count;
        call.ForEach(this, Parts(_count));
    }

    public override void Part(int part)
    {
        var end = Math.Min(_count, (part + 1L) * PartSize);
        var i = (long)part * PartSize;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count) (Vector.Load(_gradient + i) * Slope(Vector.Load(_input + i))).Store(_result + i);
        if (i == end) return;
        Span<float> rest = stackalloc float[Vector<float>.Count];
        rest.Clear();
        new ReadOnlySpan<float>(_input + i, (int)(end - i)).CopyTo(rest);
        Slope(new Vector<float>(rest)).CopyTo(rest);
        for (var k = 0; i < end; i++, k++) _result[i] = _gradient[i] * rest[k];
    }

    /// <summary>Φ by Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26: within 1e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Slope(Vector<float> x)
    {
        var magnitude = Vector.Abs(x);
        var bell = Exponential.Of(magnitude * magnitude * new Vector<float>(-0.5f));
        var t = Vector<float>.One / Vector.MultiplyAddEstimate(magnitude, new Vector<float>(0.3275911f * 0.70710678f), Vector<float>.One);
        var sum = Vector.MultiplyAddEstimate(t, new Vector<float>(1.061405429f), new Vector<float>(-1.453152027f));
        sum = Vector.MultiplyAddEstimate(sum, t, new Vector<float>(1.421413741f));
        sum = Vector.MultiplyAddEstimate(sum, t, new Vector<float>(-0.284496736f));
        sum = Vector.MultiplyAddEstimate(sum, t, new Vector<float>(0.254829592f));
        var tail = sum * t * bell * new Vector<float>(0.5f);
        var below = Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), tail, Vector<float>.One - tail);
        return Vector.MultiplyAddEstimate(x * bell, new Vector<float>(0.39894228f), below);
    }
}
