using System.Numerics;

namespace ModelTraining;

internal sealed class LionUpdate(Lion options) : WeightUpdate
{
    private readonly float _directionKeep = (float)options.Beta1;
    private readonly float _directionTake = (float)(1 - options.Beta1);
    private readonly float _keep = (float)options.Beta2;
    private readonly float _take = (float)(1 - options.Beta2);

    public override void Apply(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in UpdateRates rates)
    {
        var kept = 1 - (rates.LearningRate * rates.WeightDecay);
        var (scale, rate, shrink) = (new Vector<float>(rates.GradientScale), new Vector<float>(rates.LearningRate), new Vector<float>(kept));
        var (directionKeep, directionTake) = (new Vector<float>(_directionKeep), new Vector<float>(_directionTake));
        var (keep, take) = (new Vector<float>(_keep), new Vector<float>(_take));
        var i = 0;
        for (; i <= weights.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var gradient = Load(gradients, i) * scale;
            var mean = Load(first, i);
            var direction = (mean * directionKeep) + (gradient * directionTake);
            var up = Vector.ConditionalSelect(Vector.GreaterThan(direction, Vector<float>.Zero), rate, Vector<float>.Zero);
            var down = Vector.ConditionalSelect(Vector.LessThan(direction, Vector<float>.Zero), rate, Vector<float>.Zero);
            Store((mean * keep) + (gradient * take), first, i);
            Store((Load(weights, i) * shrink) - up + down, weights, i);
        }

        for (; i < weights.Length; i++)
        {
            var gradient = gradients[i] * rates.GradientScale;
            var direction = (first[i] * _directionKeep) + (gradient * _directionTake);
            first[i] = (first[i] * _keep) + (gradient * _take);
            weights[i] = (weights[i] * kept) - (Math.Sign(direction) * rates.LearningRate);
        }
    }
}
