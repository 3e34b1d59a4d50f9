using System.Numerics;
using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>
/// Batch normalisation by the statistics of the batch: (X, scale, B) → Y, and mean, variance and inverse deviation of each channel (Ioffe and Szegedy, 2015). A channel
/// is read while the caches still hold it.
/// </summary>
internal sealed unsafe class BatchNormalizationKernel(float epsilon) : Kernel
{
    /// <summary>The channels of rows that a part takes.</summary>
    private const int RowPart = 64;

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
        if (_pixels == 1) call.ForEach(this, Parts(_channels, RowPart));
        else call.ForEach(this, _channels);
    }

    public override void Part(int part)
    {
        if (_pixels != 1) OfPixels(part);
        else for (var first = part * RowPart; first < Math.Min(_channels, (part + 1) * RowPart); first += Vector<float>.Count) OfRows(first);
    }

    /// <summary>Channels that are the columns of rows: as many at a time as a vector has numbers. The last overlap those before where a vector does not divide them.</summary>
    private void OfRows(int first)
    {
        var lanes = Vector<float>.Count;
        if (_channels < lanes)
        {
            for (var channel = first; channel < _channels; channel++) OfPixels(channel);
            return;
        }

        first = Math.Min(first, _channels - lanes);
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var image = 0; image < _images; image++) sum += Vector.Load(_input + Place(image, first));
        var mean = sum / _images;
        for (var image = 0; image < _images; image++)
        {
            var centred = Vector.Load(_input + Place(image, first)) - mean;
            squares += centred * centred;
        }

        var variance = squares / _images;
        var inverse = Vector<float>.One / Vector.SquareRoot(variance + new Vector<float>(epsilon));
        mean.Store(_mean + first);
        variance.Store(_variance + first);
        inverse.Store(_inverse + first);
        var (slope, shift) = (inverse * Vector.Load(_scale + first), Vector.Load(_shift + first));
        for (var image = 0; image < _images; image++) (((Vector.Load(_input + Place(image, first)) - mean) * slope) + shift).Store(_result + Place(image, first));
    }

    private void OfPixels(int part)
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
