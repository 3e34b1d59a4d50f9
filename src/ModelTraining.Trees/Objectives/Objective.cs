using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// What is made small: holds every training row's score and computes loss, gradients and hessians from them. Sums are taken over blocks of fixed
/// size and then block after block, so that they do not depend on the number of threads.
/// </summary>
internal abstract unsafe class Objective
{
    /// <summary>Rows of a block; a multiple of eight.</summary>
    protected const int BlockRows = 8192;
    private readonly WorkerTeam _team;
    private readonly LossSums[] _sums;
    private readonly Action<int> _evaluateBlock;
    private GradientTotals _totals;

    protected Objective(RowPart part, float[] baseScores, float[] gradients, WorkerTeam team)
    {
        (Part, BaseScores, Gradients, _team) = (part, baseScores, gradients, team);
        _sums = new LossSums[(part.Rows + BlockRows - 1) / BlockRows];
        _evaluateBlock = block => EvaluateRows(block * BlockRows, EndOf(block), ref _sums[block]);
    }

    /// <param name="part">The rows.</param>
    /// <param name="shared">Memory that gradients may be kept in and that others use while a tree is grown: one entry a row, pinned.</param>
    /// <param name="team">The threads.</param>
    /// <param name="baseScores">What the prediction starts from; null for what fits these rows best.</param>
    /// <param name="loss">What is made small; null for the squared error of numbers and the cross-entropy of classes.</param>
    public static Objective For(RowPart part, float[] shared, WorkerTeam team, float[]? baseScores = null, BoostingObjective? loss = null) => part.Task switch
    {
        LearningTask.BinaryClassification when loss is not null => new LossObjective(loss, part, baseScores ?? LossObjective.BaseScoresOf(loss, part), team),
        LearningTask.BinaryClassification => new LogisticObjective(part, baseScores ?? LogisticObjective.BaseScoresOf(part), shared, team),
        LearningTask.MulticlassClassification => new SoftmaxObjective(part, baseScores ?? SoftmaxObjective.BaseScoresOf(part), shared, team),
        _ when loss is not (null or SquaredErrorLoss) => new LossObjective(loss, part, baseScores ?? LossObjective.BaseScoresOf(loss, part), team),
        _ => new SquaredErrorObjective(part, baseScores ?? SquaredErrorObjective.BaseScoresOf(part), team),
    };

    /// <summary>The rows.</summary>
    public RowPart Part { get; }

    /// <summary>The key of the metric that <see cref="Evaluate"/> gives.</summary>
    public virtual string Metric => "log_loss";

    /// <summary>What every row's prediction starts from, one number an output.</summary>
    public float[] BaseScores { get; }

    /// <summary>The number of trees of a round.</summary>
    public int Outputs => BaseScores.Length;

    /// <summary>The gradient of the loss of each row, without its weight, by the score of one output; pinned.</summary>
    public float[] Gradients { get; }

    /// <summary>
    /// Whether the hessian is |g| (1 − |g|), as for probabilities, where |g| is the distance from probability to truth; otherwise it is 1. Either way it
    /// needs no memory of its own, unless there are <see cref="Hessians"/>.
    /// </summary>
    public abstract bool HessianOfGradient { get; }

    /// <summary>The hessian of each row, without its weight; pinned. Null where it follows from the gradient or is 1.</summary>
    public virtual float[]? Hessians => null;

    /// <summary>Whether every hessian is 1.</summary>
    public bool ConstantHessian => !HessianOfGradient && Hessians is null && Part.Weights is null;

    /// <summary>A leaf's value from what its rows are off by; null where gradients and hessians say it.</summary>
    public virtual LeafOfResiduals? Renewal => null;

    /// <summary>The largest value of a leaf, before the learning rate, where nobody says any; null for none.</summary>
    public virtual double? MaxDeltaStep => null;

    /// <summary>What hessians are multiplied by in the end.</summary>
    public virtual double HessianFactor => 1;

    /// <summary>The scores of an output, without or with the base score, to which a new tree's values are added; pinned.</summary>
    public abstract float[] Scores(int output);

    /// <summary>Target less score, of objectives with a <see cref="Renewal"/>.</summary>
    public virtual float Residual(int row) => throw new NotSupportedException();

    /// <summary>The loss of the scores as they are, which the next gradients are of.</summary>
    public double Evaluate()
    {
        (var loss, _totals) = OverRows(_evaluateBlock);
        return Loss(loss / Part.TotalWeight);
    }

    /// <summary>Computes the gradients by the scores of an output as they were at the last <see cref="Evaluate"/>; with one output that has done it.</summary>
    public virtual GradientTotals Differentiate(int output) => _totals;

    /// <summary>Computes the gradients of <see cref="Differentiate"/> once more, where others have used their memory.</summary>
    public abstract void Restore(int output);

    /// <summary>What is reported for a mean loss of rows.</summary>
    protected virtual double Loss(double mean) => mean;

    /// <summary>Sums the losses of rows, and their gradients where there is one output.</summary>
    protected abstract void EvaluateRows(int first, int end, ref LossSums sums);

    /// <summary>Calls <paramref name="block"/> for every block of rows.</summary>
    protected void ForEachBlock(Action<int> block) => _team.Run(_sums.Length, block);

    /// <summary>Calls <paramref name="block"/> for every block of rows and adds up what it leaves in <see cref="SumsOf"/>.</summary>
    protected (double Loss, GradientTotals Totals) OverRows(Action<int> block)
    {
        Array.Clear(_sums);
        _team.Run(_sums.Length, block);
        var (loss, totals) = (0.0, default(GradientTotals));
        foreach (var sums in _sums) (loss, totals) = (loss + sums.Loss, totals + sums.Totals);
        return (loss, totals);
    }

    protected ref LossSums SumsOf(int block) => ref _sums[block];

    /// <summary>All bits set for those of the eight rows from <paramref name="row"/> that are before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Vector256<float> Before(int row, int end) => Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(end - row)).AsSingle();

    /// <summary>The weights of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Vector256<float> Weights(float* weights, int row) => weights is null ? Vector256<float>.One : Vector256.Load(weights + row);

    /// <summary>The hessian of probabilities, for eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Vector256<float> HessianOf(Vector256<float> gradient)
    {
        var distance = Vector256.Abs(gradient);
        return distance * (Vector256<float>.One - distance);
    }

    protected int EndOf(int block) => Math.Min(Part.Rows, (block + 1) * BlockRows);
}
