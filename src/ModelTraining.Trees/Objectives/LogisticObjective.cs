using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>The logistic loss of two classes. The sign of a row's gradient says its class: minus for the second, the positive one.</summary>
internal sealed unsafe class LogisticObjective : Objective
{
    private readonly float[] _scores;

    public LogisticObjective(RowPart part, float[] baseScores, WorkerTeam team)
        : base(part, baseScores, team)
    {
        for (var row = 0; row < part.Rows; row++) Gradients[row] = part.Target(row) == 0 ? 1 : -1;
        _scores = PinnedArray.ForRows<float>(part.Rows);
        _scores.AsSpan(0, part.Rows).Fill(baseScores[0]);
    }

    public override bool HessianOfGradient => true;

    public override float[] Scores(int output) => _scores;

    /// <summary>The log-odds of the second class.</summary>
    public static float[] BaseScoresOf(RowPart part)
    {
        var positive = 0.0;
        for (var row = 0; row < part.Rows; row++) if (part.Target(row) != 0) positive += part.Weight(row);
        return [(float)Math.Log(positive / (part.TotalWeight - positive))];
    }

    protected override void EvaluateRows(int first, int end, ref LossSums sums)
    {
        var scores = _scores.Pointer();
        var gradients = Gradients.Pointer();
        var weights = Part.WeightsPointer;
        var signBit = Vector256.Create(-0f);
        for (var row = first; row < end; row += Vector256<float>.Count)
        {
            // The margin is the score towards the true class. Its e^−|margin| gives the loss, ln(1 + e^−margin), and the gradient, both without overflow.
            var sign = Vector256.Load(gradients + row) & signBit;
            var margin = Vector256.Load(scores + row) ^ sign ^ signBit;
            var power = Vector256.Exp(-Vector256.Abs(margin));
            var onePlus = Vector256<float>.One + power;
            var wrong = Vector256.LessThan(margin, Vector256<float>.Zero);
            var distance = Vector256.ConditionalSelect(wrong, Vector256<float>.One, power) / onePlus;
            var real = Before(row, end);
            var gradient = distance & real | sign;
            gradient.Store(gradients + row);
            var weight = Weights(weights, row) & real;
            sums.AddLoss((Vector256.Log(onePlus) + Vector256.Max(-margin, Vector256<float>.Zero)) * weight);
            sums.AddGradient(gradient * weight, HessianOf(gradient) * weight);
        }
    }
}
