using System.Numerics;

namespace ModelTraining;

/// <summary>The gradient of Relu: (gradient, output) → gradient where the output is positive.</summary>
internal sealed unsafe class ReluGradientKernel : Kernel
{
    private float* _gradient, _output, _result;
    private long _count;

    public override void Run(in KernelCall call)
    {
        var gradient = call.Input(0);
        _gradient = gradient.Floats;
        _output = call.Input(1).Floats;
        _result = call.Output(0, gradient.Shape);
        _count = gradient.Count;
        call.ForEach(this, Parts(_count));
    }

    public override void Part(int part)
    {
        var end = Math.Min(_count, (part + 1L) * PartSize);
        var i = (long)part * PartSize;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(_output + i), Vector<float>.Zero), Vector.Load(_gradient + i), Vector<float>.Zero).Store(_result + i);
        }

        for (; i < end; i++) _result[i] = _output[i] > 0 ? _gradient[i] : 0;
    }
}
