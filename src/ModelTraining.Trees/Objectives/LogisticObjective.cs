using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>The logistic loss of two classes.</summary>
internal sealed unsafe class LogisticObjective : Objective
{
    private readonly float[] _scores;
    private readonly byte[] _positive;
    private readonly Action<int> _restoreBlock;

    public LogisticObjective(RowPart part, float[] baseScores, float[] shared, WorkerTeam team)
        : base(part, baseScores, shared, team)
    {
        // A bit a row: that of its place among eight.
        _positive = GC.AllocateArray<byte>((part.Rows + 7) / 8, pinned: true);
        for (var row = 0; row < part.Rows; row++) if (part.Target(row) != 0) _positive[row / 8] |= (byte)(1 << (row % 8));
        _scores = PinnedArray.ForRows<float>(part.Rows);
        _scores.AsSpan(0, part.Rows).Fill(baseScores[0]);
        _restoreBlock = RestoreBlock;
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

    public override void Restore(int output) => ForEachBlock(_restoreBlock);

    protected override void EvaluateRows(int first, int end, ref LossSums sums)
    {
        var gradients = Gradients.Pointer();
        var weights = Part.WeightsPointer;
        for (var row = first; row < end; row += Vector256<float>.Count)
        {
            var gradient = Gradient(row, out var margin, out var onePlus) & Before(row, end);
            gradient.Store(gradients + row);
            var weight = Weights(weights, row) & Before(row, end);
            sums.AddLoss((Vector256.Log(onePlus) + Vector256.Max(-margin, Vector256<float>.Zero)) * weight);
            sums.AddGradient(gradient * weight, HessianOf(gradient) * weight);
        }
    }

    private void RestoreBlock(int block)
    {
        var gradients = Gradients.Pointer();
        for (var row = block * BlockRows; row < EndOf(block); row += Vector256<float>.Count) Gradient(row, out _, out _).Store(gradients + row);
    }

    /// <summary>Probability less truth, for eight rows.</summary>
    /// <param name="row">The first.</param>
    /// <param name="margin">The score towards the true class.</param>
    /// <param name="onePlus">1 + e^−|margin|: its logarithm is the loss where the margin is positive, and neither can overflow.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<float> Gradient(int row, out Vector256<float> margin, out Vector256<float> onePlus)
    {
        var bits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        var signBit = Vector256.Create(-0f);
        var minusIfPositive = Vector256.Equals(Vector256.Create((int)_positive.Pointer()[row / 8]) & bits, bits).AsSingle() & signBit;
        margin = Vector256.Load(_scores.Pointer() + row) ^ minusIfPositive ^ signBit;
        var power = Vector256.Exp(-Vector256.Abs(margin));
        onePlus = Vector256<float>.One + power;
        var wrong = Vector256.LessThan(margin, Vector256<float>.Zero);
        return Vector256.ConditionalSelect(wrong, Vector256<float>.One, power) / onePlus | minusIfPositive;
    }
}
