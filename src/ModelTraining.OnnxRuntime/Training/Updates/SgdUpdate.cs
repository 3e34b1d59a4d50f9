using System.Numerics;

namespace ModelTraining;

internal sealed class SgdUpdate(Sgd options) : WeightUpdate
{
    private readonly float _momentum = (float)options.Momentum;

    public override void Apply(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in UpdateRates rates)
    {
        var (scale, decay, rate) = (new Vector<float>(rates.GradientScale), new Vector<float>(rates.WeightDecay), new Vector<float>(rates.LearningRate));
        var momentum = new Vector<float>(_momentum);
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var step = Gradient(gradients, weights, i, scale, decay);
            if (_momentum > 0)
            {
                var velocity = (Load(first, i) * momentum) + step;
                Store(velocity, first, i);
                step = options.Nesterov ? step + (velocity * momentum) : velocity;
            }

            Store(Load(weights, i) - (step * rate), weights, i);
        }

        for (; i < weights.Length; i++)
        {
            var step = (gradients[i] * rates.GradientScale) + (weights[i] * rates.WeightDecay);
            if (_momentum > 0)
            {
                var velocity = (first[i] * _momentum) + step;
                first[i] = velocity;
                step = options.Nesterov ? step + (velocity * _momentum) : velocity;
            }

            weights[i] -= step * rates.LearningRate;
        }
    }
}
