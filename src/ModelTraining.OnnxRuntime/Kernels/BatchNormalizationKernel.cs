using System.Numerics;
using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>
/// Batch normalisation by the statistics of the batch: (X, scale, B) → Y, and mean, variance and inverse deviation of each channel (Ioffe and Szegedy, 2015). A channel
/// is read while the caches still hold it.
/// </summary>
internal sealed unsafe class BatchNormalizationKernel(float epsilon) : ChannelKernel
{
    private float* _input, _scale, _shift, _result, _mean, _variance, _inverse;

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
        Run(call, input);
    }

    protected override void Column(int first)
    {
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var image = 0; image < Images; image++) sum += Vector.Load(_input + Place(image, first));
        var mean = sum / Images;
        for (var image = 0; image < Images; image++)
        {
            var centred = Vector.Load(_input + Place(image, first)) - mean;
            squares += centred * centred;
        }

        var variance = squares / Images;
        var inverse = Vector<float>.One / Vector.SquareRoot(variance + new Vector<float>(epsilon));
        mean.Store(_mean + first);
        variance.Store(_variance + first);
        inverse.Store(_inverse + first);
        var (slope, shift) = (inverse * Vector.Load(_scale + first), Vector.Load(_shift + first));
        for (var image = 0; image < Images; image++) (((Vector.Load(_input + Place(image, first)) - mean) * slope) + shift).Store(_result + Place(image, first));
    }

    protected override void Channel(int channel)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var image = 0; image < Images; image++) sum += TensorPrimitives.Sum(new ReadOnlySpan<float>(_input + Place(image, channel), Pixels));
        var count = (double)Images * Pixels;
        var mean = (float)(sum / count);
        for (var image = 0; image < Images; image++) squares += Squares(_input + Place(image, channel), mean);
        var variance = (float)(squares / count);
        var inverse = 1 / MathF.Sqrt(variance + epsilon);
        (_mean[channel], _variance[channel], _inverse[channel]) = (mean, variance, inverse);
        var slope = inverse * _scale[channel];
        for (var image = 0; image < Images; image++)
        {
            var from = _input + Place(image, channel);
            var to = _result + Place(image, channel);
            var i = 0;
            for (; i <= Pixels - Vector<float>.Count; i += Vector<float>.Count) (((Vector.Load(from + i) - new Vector<float>(mean)) * slope) + new Vector<float>(_shift[channel])).Store(to + i);
            for (; i < Pixels; i++) to[i] = ((from[i] - mean) * slope) + _shift[channel];
        }
    }

    private double Squares(float* from, float mean)
    {
        var sums = Vector<float>.Zero;
        var others = Vector<float>.Zero;
        var i = 0;
        for (; i <= Pixels - (2 * Vector<float>.Count); i += 2 * Vector<float>.Count)
        {
            var (centred, next) = (Vector.Load(from + i) - new Vector<float>(mean), Vector.Load(from + i + Vector<float>.Count) - new Vector<float>(mean));
            sums += centred * centred;
            others += next * next;
        }

        var sum = Vector.Sum(sums + others);
        for (; i < Pixels; i++) sum += (from[i] - mean) * (from[i] - mean);
        return sum;
    }
}
