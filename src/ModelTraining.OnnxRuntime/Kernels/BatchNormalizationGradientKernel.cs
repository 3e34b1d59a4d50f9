using System.Numerics;

namespace ModelTraining;

/// <summary>The gradients of batch normalisation by the statistics of the batch: (gradient, X, scale, mean, inverse deviation) → towards X, scale and B.</summary>
internal sealed unsafe class BatchNormalizationGradientKernel : ChannelKernel
{
    private float* _gradient, _input, _scale, _mean, _inverse, _result, _towardsScale, _towardsShift;

    public override void Run(in KernelCall call)
    {
        var (gradient, scale) = (call.Input(0), call.Input(2));
        _gradient = gradient.Floats;
        _input = call.Input(1).Floats;
        _scale = scale.Floats;
        _mean = call.Input(3).Floats;
        _inverse = call.Input(4).Floats;
        _result = call.Output(0, gradient.Shape);
        _towardsScale = call.Output(1, scale.Shape);
        _towardsShift = call.Output(2, scale.Shape);
        Run(call, gradient);
    }

    protected override void Column(int first)
    {
        var (mean, inverse) = (Vector.Load(_mean + first), Vector.Load(_inverse + first));
        var (sum, product) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var image = 0; image < Images; image++)
        {
            var d = Vector.Load(_gradient + Place(image, first));
            sum += d;
            product += d * (Vector.Load(_input + Place(image, first)) - mean);
        }

        (product * inverse).Store(_towardsScale + first);
        sum.Store(_towardsShift + first);
        var slope = inverse * Vector.Load(_scale + first);
        var (bend, shift) = (slope * inverse * inverse * product / Images, slope * sum / Images);
        for (var image = 0; image < Images; image++)
        {
            var place = Place(image, first);
            ((Vector.Load(_gradient + place) * slope) - ((Vector.Load(_input + place) - mean) * bend) - shift).Store(_result + place);
        }
    }

    protected override void Channel(int channel)
    {
        var (mean, inverse) = (_mean[channel], _inverse[channel]);
        var means = new Vector<float>(mean);
        var (sum, product) = (0.0, 0.0);
        for (var image = 0; image < Images; image++)
        {
            var gradient = _gradient + Place(image, channel);
            var input = _input + Place(image, channel);
            var (sums, products) = (Vector<float>.Zero, Vector<float>.Zero);
            var (restSum, restProduct) = (0f, 0f);
            var i = 0;
            for (; i <= Pixels - Vector<float>.Count; i += Vector<float>.Count)
            {
                var d = Vector.Load(gradient + i);
                sums += d;
                products += d * (Vector.Load(input + i) - means);
            }

            for (; i < Pixels; i++)
            {
                restSum += gradient[i];
                restProduct += gradient[i] * (input[i] - mean);
            }

            sum += Vector.Sum(sums) + restSum;
            product += Vector.Sum(products) + restProduct;
        }

        (_towardsScale[channel], _towardsShift[channel]) = ((float)(product * inverse), (float)sum);
        var count = (double)Images * Pixels;
        var slope = inverse * _scale[channel];
        var bend = (float)(slope * inverse * inverse * product / count);
        var shift = (float)(slope * sum / count);
        for (var image = 0; image < Images; image++)
        {
            var gradient = _gradient + Place(image, channel);
            var input = _input + Place(image, channel);
            var result = _result + Place(image, channel);
            var i = 0;
            for (; i <= Pixels - Vector<float>.Count; i += Vector<float>.Count)
            {
                ((Vector.Load(gradient + i) * slope) - ((Vector.Load(input + i) - means) * bend) - new Vector<float>(shift)).Store(result + i);
            }

            for (; i < Pixels; i++) result[i] = (gradient[i] * slope) - ((input[i] - mean) * bend) - shift;
        }
    }
}
