using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>The gradient of Softmax over the last axis: (gradient, output y) → y · (gradient − Σ gradient · y).</summary>
internal sealed unsafe class SoftmaxGradientKernel : Kernel
{
    private float* _gradient, _output, _result;
    private int _rows, _width, _each;

    public override void Run(in KernelCall call)
    {
        var gradient = call.Input(0);
        _gradient = gradient.Floats;
        _output = call.Input(1).Floats;
        _result = call.Output(0, gradient.Shape);
        _width = (int)gradient.Shape[^1];
        if (gradient.Count == 0) return;
        _rows = (int)(gradient.Count / _width);
        _each = Math.Max(1, PartSize / _width);
        call.ForEach(this, Parts(_rows, _each));
    }

    public override void Part(int part)
    {
        for (var row = part * _each; row < Math.Min(_rows, (part + 1) * _each); row++)
        {
            var at = (long)row * _width;
            ReadOnlySpan<float> gradient = new(_gradient + at, _width), output = new(_output + at, _width);
            Span<float> result = new(_result + at, _width);
            TensorPrimitives.Subtract(gradient, TensorPrimitives.Dot(gradient, output), result);
            TensorPrimitives.Multiply(result, output, result);
        }
    }
}
