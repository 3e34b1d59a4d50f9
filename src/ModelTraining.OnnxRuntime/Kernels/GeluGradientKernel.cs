using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The gradient of Gelu: (gradient, x) → gradient · (Φ(x) + x·φ(x)).</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Slope(Vector<float> x)
    {
        var (below, density) = NormalDistribution.Of(x);
        return Vector.MultiplyAddEstimate(x, density, below);
    }
}
