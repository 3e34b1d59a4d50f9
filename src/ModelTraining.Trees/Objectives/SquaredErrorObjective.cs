using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// Half the squared error. A row's score is kept as its distance from the target, which is its gradient, and without the base score: targets that are
/// large and close together lose no digits.
/// </summary>
internal sealed unsafe class SquaredErrorObjective : Objective
{
    public SquaredErrorObjective(RowPart part, float[] baseScores, WorkerTeam team)
        : base(part, baseScores, PinnedArray.ForRows<float>(part.Rows), team)
    {
        for (var row = 0; row < part.Rows; row++) Gradients[row] = baseScores[0] - part.Target(row);
    }

    public override string Metric => "rmse";

    public override bool HessianOfGradient => false;

    public override float[] Scores(int output) => Gradients;

    /// <summary>Nothing to do: the gradients are the scores.</summary>
    public override void Restore(int output)
    {
    }

    /// <summary>The mean.</summary>
    public static float[] BaseScoresOf(RowPart part)
    {
        var sum = 0.0;
        for (var row = 0; row < part.Rows; row++) sum += (double)part.Target(row) * part.Weight(row);
        return [(float)(sum / part.TotalWeight)];
    }

    protected override double Loss(double mean) => Math.Sqrt(mean);

    protected override void EvaluateRows(int first, int end, ref LossSums sums)
    {
        var gradients = Gradients.Pointer();
        var weights = Part.WeightsPointer;
        for (var row = first; row < end; row += Vector256<float>.Count)
        {
            var gradient = Vector256.Load(gradients + row);
            var weight = Weights(weights, row) & Before(row, end);
            sums.AddSquares(gradient, weight);
            sums.AddGradient(gradient * weight, weight);
        }
    }
}
