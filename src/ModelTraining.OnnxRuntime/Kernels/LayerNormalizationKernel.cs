using System.Numerics;
using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>LayerNormalization of ONNX: (X, scale, B) → Y, mean, inverse deviation, of each row of the axes from one on (Ba et al., 2016).</summary>
internal sealed unsafe class LayerNormalizationKernel(int axis, float epsilon) : Kernel
{
    private float* _input, _scale, _shift, _result, _mean, _inverse;
    private int _rows, _width, _each;

    public override void Run(in KernelCall call)
    {
        var input = call.Input(0);
        var first = axis < 0 ? axis + input.Rank : axis;
        Span<long> statistic = stackalloc long[input.Rank];
        input.Shape.CopyTo(statistic);
        statistic[first..].Fill(1);
        _input = input.Floats;
        _scale = call.Input(1).Floats;
        _shift = call.Input(2).Floats;
        _result = call.Output(0, input.Shape);
        _mean = call.Output(1, statistic);
        _inverse = call.Output(2, statistic);
        _width = (int)input.From(first);
        if (input.Count == 0) return;
        _rows = (int)(input.Count / _width);
        _each = Math.Max(1, PartSize / _width);
        call.ForEach(this, Parts(_rows, _each));
    }

    public override void Part(int part)
    {
        for (var row = part * _each; row < Math.Min(_rows, (part + 1) * _each); row++)
        {
            var at = (long)row * _width;
            var input = new ReadOnlySpan<float>(_input + at, _width);
            var mean = TensorPrimitives.Sum(input) / _width;
            var result = _result + at;
            TensorPrimitives.Subtract(input, mean, new Span<float>(result, _width));
            var inverse = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares(new ReadOnlySpan<float>(result, _width)) / _width) + epsilon);
            (_mean[row], _inverse[row]) = (mean, inverse);
            var i = 0;
            var scale = new Vector<float>(inverse);
            for (; i <= _width - Vector<float>.Count; i += Vector<float>.Count)
            {
                ((Vector.Load(result + i) * scale * Vector.Load(_scale + i)) + Vector.Load(_shift + i)).Store(result + i);
            }

            for (; i < _width; i++) result[i] = (result[i] * inverse * _scale[i]) + _shift[i];
        }
    }
}
