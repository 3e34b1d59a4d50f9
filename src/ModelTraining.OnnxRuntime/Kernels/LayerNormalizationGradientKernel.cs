using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>The gradients of LayerNormalization: (gradient, X, scale, mean, inverse deviation) → towards X, scale and B. Each row is read once.</summary>
internal sealed unsafe class LayerNormalizationGradientKernel : Kernel
{
    /// <summary>Rows are summed in as many groups, whatever the number of threads, and so are their bits.</summary>
    private const int Groups = 16;

    private float* _gradient, _input, _scale, _mean, _inverse, _result, _sums;
    private int _rows, _width, _each, _room;

    public override void Run(in KernelCall call)
    {
        var (gradient, scale) = (call.Input(0), call.Input(2));
        _gradient = gradient.Floats;
        _input = call.Input(1).Floats;
        _scale = scale.Floats;
        _mean = call.Input(3).Floats;
        _inverse = call.Input(4).Floats;
        _result = call.Output(0, gradient.Shape);
        var towardsScale = call.Output(1, scale.Shape);
        var towardsShift = call.Output(2, scale.Shape);
        _width = (int)scale.Count;
        if (_width == 0) return;
        _rows = (int)(gradient.Count / _width);
        _each = Math.Max(1, Parts(_rows, Groups));
        if (_room < 2 * Groups * _width)
        {
            NativeMemory.AlignedFree(_sums);
            _room = 2 * Groups * _width;
            _sums = (float*)NativeMemory.AlignedAlloc((nuint)_room * sizeof(float), 64);
        }

        new Span<float>(_sums, _room).Clear();
        var groups = Parts(_rows, _each);
        if (groups > 0) call.ForEach(this, groups);
        Span<float> scales = new(towardsScale, _width), shifts = new(towardsShift, _width);
        scales.Clear();
        shifts.Clear();
        for (var group = 0; group < groups; group++)
        {
            TensorPrimitives.Add(scales, new ReadOnlySpan<float>(_sums + (2L * group * _width), _width), scales);
            TensorPrimitives.Add(shifts, new ReadOnlySpan<float>(_sums + (((2L * group) + 1) * _width), _width), shifts);
        }
    }

    public override void Part(int part)
    {
        var scales = _sums + (2L * part * _width);
        var shifts = scales + _width;
        var lanes = Vector<float>.Count;
        for (var row = part * _each; row < Math.Min(_rows, (part + 1) * _each); row++)
        {
            float* gradient = _gradient + ((long)row * _width), input = _input + ((long)row * _width), result = _result + ((long)row * _width);
            var (mean, inverse) = (_mean[row], _inverse[row]);
            var (means, inverses) = (new Vector<float>(mean), new Vector<float>(inverse));
            var (sums, products) = (Vector<float>.Zero, Vector<float>.Zero);
            var (sum, product) = (0f, 0f);
            var i = 0;
            for (; i <= _width - lanes; i += lanes)
            {
                var d = Vector.Load(gradient + i);
                var normal = (Vector.Load(input + i) - means) * inverses;
                var scaled = d * Vector.Load(_scale + i);
                sums += scaled;
                products += scaled * normal;
                (Vector.Load(scales + i) + (d * normal)).Store(scales + i);
                (Vector.Load(shifts + i) + d).Store(shifts + i);
            }

            for (; i < _width; i++)
            {
                var normal = (input[i] - mean) * inverse;
                sum += gradient[i] * _scale[i];
                product += gradient[i] * _scale[i] * normal;
                scales[i] += gradient[i] * normal;
                shifts[i] += gradient[i];
            }

            (sum, product) = ((sum + Vector.Sum(sums)) / _width, (product + Vector.Sum(products)) / _width);
            (sums, products) = (new Vector<float>(sum), new Vector<float>(product));
            for (i = 0; i <= _width - lanes; i += lanes)
            {
                var normal = (Vector.Load(input + i) - means) * inverses;
                (((Vector.Load(gradient + i) * Vector.Load(_scale + i)) - sums - (normal * products)) * inverses).Store(result + i);
            }

            for (; i < _width; i++) result[i] = ((gradient[i] * _scale[i]) - sum - ((input[i] - mean) * inverse * product)) * inverse;
        }
    }

    public override void Dispose()
    {
        NativeMemory.AlignedFree(_sums);
        _sums = null;
        base.Dispose();
    }
}
