using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>The cross-entropy of three or more classes, one tree a class and round.</summary>
internal sealed unsafe class SoftmaxObjective : Objective
{
    private readonly float[][] _scores;
    private readonly float[] _logSums;
    private readonly int[] _classes;
    private readonly Action<int> _differentiateBlock;
    private int _output;

    public SoftmaxObjective(RowPart part, float[] baseScores, float[] shared, WorkerTeam team)
        : base(part, baseScores, shared, team)
    {
        _classes = PinnedArray.ForRows<int>(part.Rows);
        _logSums = PinnedArray.ForRows<float>(part.Rows);
        _scores = new float[Outputs][];
        for (var row = 0; row < part.Rows; row++) _classes[row] = (int)part.Target(row);
        for (var output = 0; output < Outputs; output++)
        {
            _scores[output] = PinnedArray.ForRows<float>(part.Rows);
            _scores[output].AsSpan(0, part.Rows).Fill(baseScores[output]);
        }

        _differentiateBlock = DifferentiateBlock;
    }

    public override bool HessianOfGradient => true;

    /// <summary>All classes move at once, which one class's second derivative knows nothing of: Friedman's factor (Annals of Statistics 29, 2001, algorithm 6).</summary>
    public override double HessianFactor => Outputs / (Outputs - 1.0);

    public override float[] Scores(int output) => _scores[output];

    /// <summary>The logarithms of the classes' shares. A class without a row, of which only the label's column knows, counts as a tenth of one.</summary>
    public static float[] BaseScoresOf(RowPart part)
    {
        var counts = new double[part.Classes];
        for (var row = 0; row < part.Rows; row++) counts[(int)part.Target(row)] += part.Weight(row);
        return Array.ConvertAll(counts, count => (float)Math.Log((count > 0 ? count : 0.1) / part.TotalWeight));
    }

    public override GradientTotals Differentiate(int output)
    {
        _output = output;
        return OverRows(_differentiateBlock).Totals;
    }

    public override void Restore(int output) => Differentiate(output);

    protected override void EvaluateRows(int first, int end, ref LossSums sums)
    {
        var classes = _classes.Pointer();
        var logSums = _logSums.Pointer();
        var weights = Part.WeightsPointer;
        for (var row = first; row < end; row += Vector256<float>.Count)
        {
            var most = Vector256.Create(float.NegativeInfinity);
            foreach (var scores in _scores) most = Vector256.Max(most, Vector256.Load(scores.Pointer() + row));
            var truth = Vector256.Load(classes + row);
            var (sum, scoreOfTruth) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var output = 0; output < _scores.Length; output++)
            {
                var score = Vector256.Load(_scores[output].Pointer() + row);
                sum += Vector256.Exp(score - most);
                scoreOfTruth = Vector256.ConditionalSelect(Vector256.Equals(truth, Vector256.Create(output)).AsSingle(), score, scoreOfTruth);
            }

            var logSum = Vector256.Log(sum) + most;
            logSum.Store(logSums + row);
            sums.AddLoss((logSum - scoreOfTruth) * (Weights(weights, row) & Before(row, end)));
        }
    }

    private void DifferentiateBlock(int block)
    {
        var scores = _scores[_output].Pointer();
        var classes = _classes.Pointer();
        var logSums = _logSums.Pointer();
        var gradients = Gradients.Pointer();
        var weights = Part.WeightsPointer;
        ref var sums = ref SumsOf(block);
        var end = EndOf(block);
        for (var row = block * BlockRows; row < end; row += Vector256<float>.Count)
        {
            var probability = Vector256.Exp(Vector256.Load(scores + row) - Vector256.Load(logSums + row));
            var truth = Vector256.Equals(Vector256.Load(classes + row), Vector256.Create(_output)).AsSingle() & Vector256<float>.One;
            var gradient = probability - truth & Before(row, end);
            gradient.Store(gradients + row);
            var weight = Weights(weights, row);
            sums.AddGradient(gradient * weight, HessianOf(gradient) * weight);
        }
    }
}
