using System.Numerics;

namespace ModelTraining;

internal sealed class AdamUpdate(double beta1, double beta2, double epsilon, bool decoupled) : WeightUpdate
{
    private float _meanCorrection = 1;
    private float _rootCorrection = 1;

    public override void Begin(long step)
    {
        _meanCorrection = (float)(1 / (1 - Math.Pow(beta1, step)));
        _rootCorrection = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, step)));
    }

    public override void Apply(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in UpdateRates rates)
    {
        var (keepMean, takeMean, keepSquare, takeSquare) = ((float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2));
        var added = decoupled ? 0 : rates.WeightDecay;
        var kept = decoupled ? 1 - (rates.LearningRate * rates.WeightDecay) : 1;
        var stepSize = rates.LearningRate * _meanCorrection;
        var small = (float)epsilon;
        var (scale, decay, keep) = (new Vector<float>(rates.GradientScale), new Vector<float>(added), new Vector<float>(kept));
        var (km, tm, ks, ts) = (new Vector<float>(keepMean), new Vector<float>(takeMean), new Vector<float>(keepSquare), new Vector<float>(takeSquare));
        var (size, root, eps) = (new Vector<float>(stepSize), new Vector<float>(_rootCorrection), new Vector<float>(small));
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = Gradient(gradients, weights, i, scale, decay);
            var mean = (Load(first, i) * km) + (gradient * tm);
            var square = (Load(second, i) * ks) + (gradient * gradient * ts);
            Store(mean, first, i);
            Store(square, second, i);
            Store((Load(weights, i) * keep) - (mean * size / ((Vector.SquareRoot(square) * root) + eps)), weights, i);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = (gradients[i] * rates.GradientScale) + (weights[i] * added);
            first[i] = (first[i] * keepMean) + (gradient * takeMean);
            second[i] = (second[i] * keepSquare) + (gradient * gradient * takeSquare);
            weights[i] = (weights[i] * kept) - (first[i] * stepSize / ((MathF.Sqrt(second[i]) * _rootCorrection) + small));
        }
    }
}
