namespace ModelTraining;

/// <summary>Leaves' values by what their rows are off by. Leaves have ranges of their own in the buffers, as they have in the partition.</summary>
internal sealed class RenewedLeaves(Objective objective, RowPartition partition, LeafOfResiduals renewal, GrowthConstraints? constraints, WorkerTeam team)
{
    private readonly float[] _residuals = new float[objective.Part.Rows];
    private readonly float[] _weights = objective.Part.Weights is null ? [] : new float[objective.Part.Rows];

    /// <summary>The values, before the learning rate.</summary>
    public double[] Of(GrownTree tree)
    {
        var weights = objective.Part.Weights;
        var values = new double[tree.Leaves.Count];
        team.Run(values.Length, leaf =>
        {
            var (start, count) = (tree.Leaves[leaf].Start, tree.Leaves[leaf].Rows);
            var rows = partition.Of(start, count);
            for (var i = 0; i < count; i++) _residuals[start + i] = objective.Residual(rows[i]);
            for (var i = 0; i < count && weights is not null; i++) _weights[start + i] = weights[rows[i]];
            values[leaf] = ValueOf((start, count));
        });
        if (constraints is { HasDirections: true }) Bound(tree, values, constraints);
        return values;
    }

    /// <summary>
    /// Holds values to the directions of the splits above them. The bounds of the search are of gradients, which values by the order of rows are not, so those here
    /// come from what each split's sides would predict as leaves.
    /// </summary>
    private void Bound(GrownTree tree, double[] leaves, GrowthConstraints directions)
    {
        var splits = tree.Splits;
        var ranges = new (int Start, int Count)[splits.Count];
        var values = new double[splits.Count];
        (int Start, int Count) RangeOf(int child) => child >= 0 ? ranges[child] : (tree.Leaves[~child].Start, tree.Leaves[~child].Rows);
        double SideOf(int child) => child >= 0 ? values[child] : leaves[~child];

        // A split stands behind the one above it. Going up, a side's rows have been put into another order only below.
        for (var i = splits.Count - 1; i >= 0; i--)
        {
            var (left, right) = (RangeOf(splits[i].Left), RangeOf(splits[i].Right));
            ranges[i] = (left.Start, left.Count + right.Count);
            values[i] = ValueOf(ranges[i]);
        }

        var bounds = new (double Lower, double Upper)[splits.Count];
        if (splits.Count > 0) bounds[0] = (double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 0; i < splits.Count; i++)
        {
            var (lower, upper) = bounds[i];
            var direction = directions.DirectionOf(splits[i].Split.Column);
            var middle = (Math.Clamp(SideOf(splits[i].Left), lower, upper) + Math.Clamp(SideOf(splits[i].Right), lower, upper)) / 2;
            Pass(splits[i].Left, direction > 0 ? (lower, middle) : direction < 0 ? (middle, upper) : (lower, upper));
            Pass(splits[i].Right, direction > 0 ? (middle, upper) : direction < 0 ? (lower, middle) : (lower, upper));
        }

        void Pass(int child, (double Lower, double Upper) bound)
        {
            if (child >= 0) bounds[child] = bound;
            else leaves[~child] = Math.Clamp(leaves[~child], bound.Lower, bound.Upper);
        }
    }

    private double ValueOf((int Start, int Count) range) =>
        renewal(_residuals.AsSpan(range.Start, range.Count), _weights.Length == 0 ? [] : _weights.AsSpan(range.Start, range.Count));
}
