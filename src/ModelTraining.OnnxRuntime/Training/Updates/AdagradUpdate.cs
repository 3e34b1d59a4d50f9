using System.Numerics;

namespace ModelTraining;

internal sealed class AdagradUpdate(Adagrad options) : WeightUpdate
{
    private readonly float _small = (float)options.Epsilon;

    public override void Apply(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in UpdateRates rates)
    {
        var (scale, decay, rate, eps) = (new Vector<float>(rates.GradientScale), new Vector<float>(rates.WeightDecay), new Vector<float>(rates.LearningRate), new Vector<float>(_small));
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = Gradient(gradients, weights, i, scale, decay);
            var sum = Load(first, i) + (gradient * gradient);
            Store(sum, first, i);
            Store(Load(weights, i) - (gradient * rate / (Vector.SquareRoot(sum) + eps)), weights, i);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = (gradients[i] * rates.GradientScale) + (weights[i] * rates.WeightDecay);
            first[i] += gradient * gradient;
            weights[i] -= gradient * rates.LearningRate / (MathF.Sqrt(first[i]) + _small);
        }
    }
}
