using System.Numerics;
using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>
/// Batch normalisation by the statistics of the batch: (X, scale, B) → Y, and mean, variance and inverse deviation of each channel (Ioffe and Szegedy, 2015). A channel
/// is read while the caches still hold it.
/// </summary>
internal sealed unsafe class BatchNormalizationKernel(float epsilon) : Kernel
{
    private float* _input, _scale, _shift, _result, _mean, _variance, _inverse;
    private int _images, _channels, _pixels;

    public override void Run(in KernelCall call)
    {
        var input = call.Input(0);
        Span<long> perChannel = stackalloc long[input.Rank];
        perChannel.Fill(1);
        perChannel[1] = input.Shape[1];
        _input = input.Floats;
        _scale = call.Input(1).Floats;
        _shift = call.Input(2).Floats;
        _result = call.Output(0, input.Shape);
        _mean = call.Output(1, perChannel);
        _variance = call.Output(2, perChannel);
        _inverse = call.Output(3, perChannel);
        (_images, _channels, _pixels) = ((int)input.Shape[0], (int)input.Shape[1], (int)input.From(2));
        call.ForEach(this, _channels);
    }

    public override void Part(int part)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var image = 0; image < _images; image++) sum += TensorPrimitives.Sum(new ReadOnlySpan<float>(_input + Place(image, part), _pixels));
        var count = (double)_images * _pixels;
        var mean = (float)(sum / count);
        for (var image = 0; image < _images; image++) squares += Squares(_input + Place(image, part), mean);
        var variance = (float)(squares / count);
        var inverse = 1 / MathF.Sqrt(variance + epsilon);
        (_mean[part], _variance[part], _inverse[part]) = (mean, variance, inverse);
        var slope = inverse * _scale[part];
        for (var image = 0; image < _images; image++)
        {
            var from = _input + Place(image, part);
            var to = _result + Place(image, part);
            var i = 0;
            for (; i <= _pixels - Vector<float>.Count; i += Vector<float>.Count) (((Vector.Load(from + i) - new Vector<float>(mean)) * slope) + new Vector<float>(_shift[part])).Store(to + i);
            for (; i < _pixels; i++) to[i] = ((from[i] - mean) * slope) + _shift[part];
        }
    }

    private long Place(int image, int channel) => (((long)image * _channels) + channel) * _pixels;

    private double Squares(float* from, float mean)
    {
        var sums = Vector<float>.Zero;
        var others = Vector<float>.Zero;
        var i = 0;
        for (; i <= _pixels - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            var (centred, next) = (Vector.Load(from + i) - new Vector<float>(mean), Vector.Load(from + i + Vector<float>.Count) - new Vector<float>(mean));
            sums += centred * centred;
            others += next * next;
        }

        var sum = Vector.Sum(sums + others);
        for (; i < _pixels; i++) sum += (from[i] - mean) * (from[i] - mean);
        return sum;
    }
}
