using System.Numerics;

namespace ModelTraining;

/// <summary>The gradients of batch normalisation by the statistics of the batch: (gradient, X, scale, mean, inverse deviation) → towards X, scale and B.</summary>
internal sealed unsafe class BatchNormalizationGradientKernel : Kernel
{
    /// <summary>The channels of rows that a part takes.</summary>
    private const int RowPart = 64;

    private float* _gradient, _input, _scale, _mean, _inverse, _result, _towardsScale, _towardsShift;
    private int _images, _channels, _pixels;

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
        (_images, _channels, _pixels) = ((int)gradient.Shape[0], (int)gradient.Shape[1], (int)gradient.From(2));
        if (_pixels == 1) call.ForEach(this, Parts(_channels, RowPart));
        else call.ForEach(this, _channels);
    }

    public override void Part(int part)
    {
        if (_pixels != 1) OfPixels(part);
        else for (var first = part * RowPart; first < Math.Min(_channels, (part + 1) * RowPart); first += Vector<float>.Count) OfRows(first);
    }

    /// <summary>Channels that are the columns of rows, as in <see cref="BatchNormalizationKernel"/>.</summary>
    private void OfRows(int first)
    {
        var lanes = Vector<float>.Count;
        if (_channels < lanes)
        {
            for (var channel = first; channel < _channels; channel++) OfPixels(channel);
            return;
        }

        first = Math.Min(first, _channels - lanes);
        var (mean, inverse) = (Vector.Load(_mean + first), Vector.Load(_inverse + first));
        var (sum, product) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var image = 0; image < _images; image++)
        {
            var d = Vector.Load(_gradient + Place(image, first));
            sum += d;
            product += d * (Vector.Load(_input + Place(image, first)) - mean);
        }

        (product * inverse).Store(_towardsScale + first);
        sum.Store(_towardsShift + first);
        var slope = inverse * Vector.Load(_scale + first);
        var (bend, shift) = (slope * inverse * inverse * product / _images, slope * sum / _images);
        for (var image = 0; image < _images; image++)
        {
            var place = Place(image, first);
            ((Vector.Load(_gradient + place) * slope) - ((Vector.Load(_input + place) - mean) * bend) - shift).Store(_result + place);
        }
    }

    private void OfPixels(int part)
    {
        var (mean, inverse) = (_mean[part], _inverse[part]);
        var means = new Vector<float>(mean);
        var (sum, product) = (0.0, 0.0);
        for (var image = 0; image < _images; image++)
        {
            var gradient = _gradient + Place(image, part);
            var input = _input + Place(image, part);
            var (sums, products) = (Vector<float>.Zero, Vector<float>.Zero);
            var (restSum, restProduct) = (0f, 0f);
            var i = 0;
            for (; i <= _pixels - Vector<float>.Count; i += Vector<float>.Count)
            {
                var d = Vector.Load(gradient + i);
                sums += d;
                products += d * (Vector.Load(input + i) - means);
            }

            for (; i < _pixels; i++)
            {
                restSum += gradient[i];
                restProduct += gradient[i] * (input[i] - mean);
            }

            sum += Vector.Sum(sums) + restSum;
            product += Vector.Sum(products) + restProduct;
        }

        (_towardsScale[part], _towardsShift[part]) = ((float)(product * inverse), (float)sum);
        var count = (double)_images * _pixels;
        var slope = inverse * _scale[part];
        var bend = (float)(slope * inverse * inverse * product / count);
        var shift = (float)(slope * sum / count);
        for (var image = 0; image < _images; image++)
        {
            var gradient = _gradient + Place(image, part);
            var input = _input + Place(image, part);
            var result = _result + Place(image, part);
            var i = 0;
            for (; i <= _pixels - Vector<float>.Count; i += Vector<float>.Count)
            {
                ((Vector.Load(gradient + i) * slope) - ((Vector.Load(input + i) - means) * bend) - new Vector<float>(shift)).Store(result + i);
            }

            for (; i < _pixels; i++) result[i] = (gradient[i] * slope) - ((input[i] - mean) * bend) - shift;
        }
    }

    private long Place(int image, int channel) => (((long)image * _channels) + channel) * _pixels;
}
