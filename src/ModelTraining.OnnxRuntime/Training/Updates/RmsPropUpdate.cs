using System.Numerics;

namespace ModelTraining;

internal sealed class RmsPropUpdate(RmsProp options) : WeightUpdate
{
    private readonly float _keep = (float)options.Alpha;
    private readonly float _take = (float)(1 - options.Alpha);
    private readonly float _small = (float)options.Epsilon;
    private readonly float _momentum = (float)options.Momentum;

    public override void Apply(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in UpdateRates rates)
    {
        var (scale, decay, rate) = (new Vector<float>(rates.GradientScale), new Vector<float>(rates.WeightDecay), new Vector<float>(rates.LearningRate));
        var (keep, take, eps, momentum) = (new Vector<float>(_keep), new Vector<float>(_take), new Vector<float>(_small), new Vector<float>(_momentum));
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = Gradient(gradients, weights, i, scale, decay);
            var square = (Load(first, i) * keep) + (gradient * gradient * take);
            Store(square, first, i);
            var step = gradient / (Vector.SquareRoot(square) + eps);
            if (_momentum > 0)
            {
                step = (Load(second, i) * momentum) + step;
                Store(step, second, i);
            }

            Store(Load(weights, i) - (step * rate), weights, i);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = (gradients[i] * rates.GradientScale) + (weights[i] * rates.WeightDecay);
            first[i] = (first[i] * _keep) + (gradient * gradient * _take);
            var step = gradient / (MathF.Sqrt(first[i]) + _small);
            if (_momentum > 0) second[i] = step = (second[i] * _momentum) + step;
            weights[i] -= step * rates.LearningRate;
        }
    }
}
