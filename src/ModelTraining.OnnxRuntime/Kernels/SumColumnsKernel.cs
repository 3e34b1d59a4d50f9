using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>The sums of all dimensions but the last: the gradient of a bias.</summary>
internal sealed unsafe class SumColumnsKernel : Kernel
{
    /// <summary>Rows are summed in as many groups, whatever the number of threads, and so are their bits.</summary>
    private const int Groups = 16;

    private float* _input, _sums;
    private int _rows, _width, _each, _room;

    public override void Run(in KernelCall call)
    {
        var input = call.Input(0);
        _input = input.Floats;
        _width = (int)input.Shape[^1];
        var result = new Span<float>(call.Output(0, [_width]), _width);
        result.Clear();
        if (input.Count == 0) return;
        _rows = (int)(input.Count / _width);
        _each = Math.Max(Parts(_rows, Groups), Math.Max(1, PartSize / 4 / _width));
        var groups = Parts(_rows, _each);
        if (_room < Groups * _width)
        {
            NativeMemory.AlignedFree(_sums);
            _room = Groups * _width;
            _sums = (float*)NativeMemory.AlignedAlloc((nuint)_room * sizeof(float), 64);
        }

        call.ForEach(this, groups);
        for (var group = 0; group < groups; group++) TensorPrimitives.Add(result, new ReadOnlySpan<float>(_sums + ((long)group * _width), _width), result);
    }

    public override void Part(int part)
    {
        var sums = new Span<float>(_sums + ((long)part * _width), _width);
        sums.Clear();
        for (var row = part * _each; row < Math.Min(_rows, (part + 1) * _each); row++) TensorPrimitives.Add(sums, new ReadOnlySpan<float>(_input + ((long)row * _width), _width), sums);
    }

    public override void Dispose()
    {
        NativeMemory.AlignedFree(_sums);
        _sums = null;
        base.Dispose();
    }
}
