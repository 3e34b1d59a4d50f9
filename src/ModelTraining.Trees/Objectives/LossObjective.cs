using System.Globalization;

namespace ModelTraining;

/// <summary>
/// A <see cref="BoostingObjective"/> over rows. Scores are kept without the base score, which is added in 64 bits: targets that are large and close together
/// lose no digits.
/// </summary>
internal sealed unsafe class LossObjective : Objective
{
    private readonly BoostingObjective _loss;
    private readonly float[] _scores;
    private readonly float[] _targets;
    private readonly float[]? _hessians;

    public LossObjective(BoostingObjective loss, RowPart part, float[] baseScores, WorkerTeam team)
        : base(part, baseScores, PinnedArray.ForRows<float>(part.Rows), team)
    {
        _loss = loss;
        _scores = PinnedArray.ForRows<float>(part.Rows);
        Array.Clear(_scores);
        _targets = TargetsOf(part);
        _hessians = loss.ConstantHessian ? null : PinnedArray.ForRows<float>(part.Rows);
    }

    public override string Metric => _loss.Metric;

    public override bool HessianOfGradient => false;

    public override float[]? Hessians => _hessians;

    public override LeafOfResiduals? Renewal => _loss.Renewal;

    public override double? MaxDeltaStep => _loss.MaxDeltaStep;

    public override float[] Scores(int output) => _scores;

    /// <summary>Nothing to do: the gradients have memory of their own.</summary>
    public override void Restore(int output)
    {
    }

    public override float Residual(int row) => (float)(_targets[row] - ((double)BaseScores[0] + _scores[row]));

    /// <exception cref="ModelTrainingException">MT2422: the objective finds no score to start from.</exception>
    public static float[] BaseScoresOf(BoostingObjective loss, RowPart part)
    {
        var weights = new float[part.Rows];
        for (var row = 0; row < weights.Length; row++) weights[row] = part.Weight(row);
        var score = loss.InitialScore(TargetsOf(part).AsSpan(0, part.Rows), weights);
        return float.IsFinite((float)score) ? [(float)score]
            : throw new ModelTrainingException("MT2422", string.Create(CultureInfo.InvariantCulture, $"The objective '{loss}' starts from a score of {score} for the {part.Rows} training rows; it must be finite. Targets that are all 0 have no logarithm: check the label, or take another objective."));
    }

    protected override void EvaluateRows(int first, int end, ref LossSums sums)
    {
        double baseScore = BaseScores[0];
        for (var row = first; row < end; row++)
        {
            double score = baseScore + _scores[row], target = _targets[row], weight = Part.Weight(row);
            var (gradient, hessian) = _loss.Differentiate(score, target);
            if (!(float.IsFinite((float)gradient) && hessian >= 0 && float.IsFinite((float)hessian))) throw Undifferentiable(row, score, gradient, hessian);
            Gradients[row] = (float)gradient;
            if (_hessians is not null) _hessians[row] = (float)hessian;
            sums.AddRow(_loss.Loss(score, target) * weight, gradient * weight, hessian * weight);
        }
    }

    private static float[] TargetsOf(RowPart part)
    {
        var targets = PinnedArray.ForRows<float>(part.Rows);
        for (var row = 0; row < part.Rows; row++) targets[row] = part.Target(row);
        return targets;
    }

    private ModelTrainingException Undifferentiable(int row, double score, double gradient, double hessian) => new("MT2423", string.Create(CultureInfo.InvariantCulture,
        $"The objective '{_loss}' gives row {Part.TableRows.Span[row]}, of target {_targets[row]} and score {score}, a gradient of {gradient} and a hessian of {hessian}; both must be finite, and the hessian at least 0. Mend the objective, or lower LearningRate or MaxDeltaStep."));
}
