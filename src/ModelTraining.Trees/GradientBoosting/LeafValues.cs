using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// What leaves predict, from gradients in full precision: quantised ones find the splits only. Sums are over blocks of fixed size and then block after
/// block, so that they do not depend on the number of threads.
/// </summary>
internal sealed unsafe class LeafValues
{
    private const int BlockRows = 8192;
    private readonly Objective _objective;
    private readonly RowPartition _partition;
    private readonly GradientBoostingOptions _options;
    private readonly WorkerTeam _team;
    private readonly RenewedLeaves? _renewed;
    private readonly List<(int Leaf, int Start, int Rows)> _blocks = [];
    private readonly Action<int> _sumBlock;
    private readonly Action<int> _addBlock;
    private (double Gradient, double Hessian)[] _sums = [];
    private float[] _values = [];
    private double _rate;
    private float[] _scores = [];

    public LeafValues(Objective objective, RowPartition partition, GradientBoostingOptions options, GrowthConstraints? constraints, WorkerTeam team)
    {
        (_objective, _partition, _options, _team) = (objective, partition, options, team);
        (_sumBlock, _addBlock) = (SumBlock, AddBlock);
        if (objective.Renewal is { } renewal) _renewed = new RenewedLeaves(objective, partition, renewal, constraints, team);
    }

    /// <summary>Computes a value for each leaf, multiplied by a rate, and adds it to the scores of the leaf's rows.</summary>
    public float[] Apply(GrownTree tree, int output, double rate)
    {
        _rate = rate;
        _blocks.Clear();
        for (var leaf = 0; leaf < tree.Leaves.Count; leaf++)
        {
            var (start, rows) = (tree.Leaves[leaf].Start, tree.Leaves[leaf].Rows);
            for (var first = 0; first < rows; first += BlockRows) _blocks.Add((leaf, start + first, Math.Min(BlockRows, rows - first)));
        }

        _values = _renewed is null ? OfSums(tree) : Array.ConvertAll(_renewed.Of(tree), Step);
        _scores = _objective.Scores(output);
        _team.Run(_blocks.Count, _addBlock);
        return _values;
    }

    private float[] OfSums(GrownTree tree)
    {
        if (_sums.Length < _blocks.Count) _sums = new (double, double)[_blocks.Count];
        _team.Run(_blocks.Count, _sumBlock);
        var sums = new (double Gradient, double Hessian)[tree.Leaves.Count];
        for (var i = 0; i < _blocks.Count; i++)
        {
            ref var sum = ref sums[_blocks[i].Leaf];
            sum = (sum.Gradient + _sums[i].Gradient, sum.Hessian + _sums[i].Hessian);
        }

        return [.. sums.Select((sum, leaf) => Step(Bounded(ValueOf(sum.Gradient, sum.Hessian), tree, leaf)))];
    }

    private static double Bounded(double value, GrownTree tree, int leaf) => Math.Clamp(value, tree.Leaves[leaf].Lower * tree.ValueUnit, tree.Leaves[leaf].Upper * tree.ValueUnit);

    private double ValueOf(double gradient, double hessian)
    {
        var drawn = Math.Max(Math.Abs(gradient) - _options.L1, 0);
        var denominator = (hessian * _objective.HessianFactor) + _options.L2;
        return drawn == 0 || denominator <= 0 ? 0 : -Math.CopySign(drawn, gradient) / denominator;
    }

    private float Step(double value)
    {
        if ((_options.MaxDeltaStep ?? _objective.MaxDeltaStep) is { } most) value = Math.Clamp(value, -most, most);
        return (float)(value * _rate);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumBlock(int block)
    {
        var (_, start, count) = _blocks[block];
        var rows = _partition.Rows + start;
        var gradients = _objective.Gradients.Pointer();
        var weights = _objective.Part.WeightsPointer;
        var hessianOfGradient = _objective.HessianOfGradient;
        var hessians = _objective.Hessians is { } own ? own.Pointer() : null;
        var (gradientSum, hessianSum) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < count; i += Vector256<double>.Count)
        {
            // Of the last four rows of a block some may be no rows of it: they weigh nothing.
            var left = count - i;
            int row0 = rows[i], row1 = left > 1 ? rows[i + 1] : row0, row2 = left > 2 ? rows[i + 2] : row0, row3 = left > 3 ? rows[i + 3] : row0;
            var gradient = Vector256.Create((double)gradients[row0], gradients[row1], gradients[row2], gradients[row3]);
            var weight = weights is null ? Vector256<double>.One : Vector256.Create((double)weights[row0], weights[row1], weights[row2], weights[row3]);
            if (left < Vector256<double>.Count) weight &= Vector256.LessThan(Vector256.Create(0L, 1, 2, 3), Vector256.Create((long)left)).AsDouble();
            var distance = Vector256.Abs(gradient);
            var hessian = hessianOfGradient ? distance * (Vector256<double>.One - distance)
                : hessians is null ? Vector256<double>.One
                : Vector256.Create((double)hessians[row0], hessians[row1], hessians[row2], hessians[row3]);
            gradientSum += weight * gradient;
            hessianSum += weight * hessian;
        }

        _sums[block] = (Vector256.Sum(gradientSum), Vector256.Sum(hessianSum));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock(int block)
    {
        var (leaf, start, count) = _blocks[block];
        var rows = _partition.Rows + start;
        var scores = _scores.Pointer();
        var value = _values[leaf];
        for (var i = 0; i < count; i++) scores[rows[i]] += value;
    }
}
