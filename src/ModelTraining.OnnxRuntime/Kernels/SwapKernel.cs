namespace ModelTraining;

/// <summary>Transpose of [a, b, c, d] to [a, c, b, d]: rows of numbers that stay together. Attention does it to each of its operands, on one thread in ONNX Runtime.</summary>
internal sealed unsafe class SwapKernel : Kernel
{
    private float* _input, _result;
    private int _first, _second, _width;

    public override void Run(in KernelCall call)
    {
        var input = call.Input(0);
        var shape = input.Shape;
        (_first, _second, _width) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        _input = input.Floats;
        _result = call.Output(0, [shape[0], shape[2], shape[1], shape[3]]);
        if (input.Count > 0) call.ForEach(this, (int)shape[0]);
    }

    public override void Part(int part)
    {
        var place = (long)part * _first * _second * _width;
        for (var i = 0; i < _second; i++)
        {
            for (var j = 0; j < _first; j++)
            {
                new ReadOnlySpan<float>(_input + place + (((j * _second) + i) * _width), _width).CopyTo(new Span<float>(_result + place + (((i * _first) + j) * _width), _width));
            }
        }
    }
}
