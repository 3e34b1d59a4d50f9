namespace ModelTraining;

/// <summary>
/// A decision tree on one column: its thresholds are edges. Best split first, as scikit-learn's trees with max_leaf_nodes. Squared error for a number; for classes
/// their Gini impurity, which is the squared error of indicators.
/// </summary>
internal sealed class BinTree
{
    /// <summary>A share of the root's impurity that rounding alone may make up.</summary>
    private const double NoGain = 1e-12;

    private readonly float[] _values;
    private readonly double[] _targets;
    private readonly double[] _weights;
    private readonly int _classes;
    private readonly int _leastRows;

    private BinTree(float[] values, double[] targets, double[] weights, int classes)
    {
        (_values, _targets, _weights, _classes) = (values, targets, weights, classes);
        _leastRows = Math.Max(1, values.Length / 100);
    }

    /// <param name="values">The numbers, one a row; missing and infinite ones are left out.</param>
    /// <param name="target">What is to be told, one a row.</param>
    /// <param name="weights">How much rows count; empty when all count alike.</param>
    /// <param name="bins">The most leaves.</param>
    public static float[] Edges(float[] values, Target target, ReadOnlySpan<float> weights, int bins)
    {
        var rows = new List<int>(values.Length);
        for (var row = 0; row < values.Length; row++) if (float.IsFinite(values[row]) && (weights.IsEmpty || weights[row] > 0)) rows.Add(row);
        var (order, sorted) = (rows.ToArray(), rows.Select(row => values[row]).ToArray());
        Array.Sort(sorted, order);
        var (targets, ordered) = (new double[order.Length], new double[order.Length]);
        for (var i = 0; i < order.Length; i++) (targets[i], ordered[i]) = (target.Values[order[i]], weights.IsEmpty ? 1 : weights[order[i]]);
        if (target.Task == LearningTask.Regression && order.Length > 0)
        {
            // Around 0, or squares of large targets would drown what splits gain.
            var mean = targets.Average();
            for (var i = 0; i < targets.Length; i++) targets[i] -= mean;
        }

        return new BinTree(sorted, targets, ordered, target.Classes.Count).Grow(bins);
    }

    private float[] Grow(int bins)
    {
        if (_values.Length == 0) return [];
        var least = NoGain * Impurity();
        var leaves = new List<Leaf> { Best(0, _values.Length) };
        var edges = new List<float>();
        while (leaves.Count < bins)
        {
            var best = 0;
            for (var i = 1; i < leaves.Count; i++) if (leaves[i].Gain > leaves[best].Gain) best = i;
            var (from, to, at, gain) = leaves[best];
            if (!(gain > least)) break;
            edges.Add(Between(_values[at - 1], _values[at]));
            leaves[best] = Best(from, at);
            leaves.Insert(best + 1, Best(at, to));
        }

        edges.Sort();
        return [.. edges];
    }

    /// <summary>The edge between two values: larger than one, and not larger than the other.</summary>
    private static float Between(float below, float above)
    {
        var middle = (float)(((double)below + above) / 2);
        return middle > below ? middle : above;
    }

    private double Impurity()
    {
        var (weight, squares) = (0.0, 0.0);
        var sums = new Sums(this);
        for (var i = 0; i < _values.Length; i++)
        {
            sums.Add(i, 1);
            weight += _weights[i];
            squares += _weights[i] * (_classes == 0 ? _targets[i] * _targets[i] : 1);
        }

        return Math.Max(0, squares - sums.Score);
    }

    private Leaf Best(int from, int to)
    {
        var (left, right) = (new Sums(this), new Sums(this));
        for (var i = from; i < to; i++) right.Add(i, 1);
        var whole = right.Score;
        var best = new Leaf(from, to, -1, 0);
        for (var i = from; i < to - 1; i++)
        {
            left.Add(i, 1);
            right.Add(i, -1);
            if (_values[i] == _values[i + 1] || i + 1 - from < _leastRows || to - i - 1 < _leastRows) continue;
            var gain = left.Score + right.Score - whole;
            if (gain > best.Gain) best = new Leaf(from, to, i + 1, gain);
        }

        return best;
    }

    /// <param name="From">The first row.</param>
    /// <param name="To">The row after the last one.</param>
    /// <param name="At">The first row of the right half; −1 when no split is any good.</param>
    /// <param name="Gain">What the split takes off the impurity.</param>
    private readonly record struct Leaf(int From, int To, int At, double Gain);

    /// <summary>Sums of the targets of some rows, and of the squares of the classes' sums, kept up as rows come and go.</summary>
    private sealed class Sums(BinTree tree)
    {
        private readonly double[] _sums = new double[Math.Max(1, tree._classes)];
        private double _weight;
        private double _squares;

        /// <summary>What the means take off the sum of squares.</summary>
        public double Score => _weight > 0 ? (tree._classes == 0 ? _sums[0] * _sums[0] : _squares) / _weight : 0;

        public void Add(int row, double sign)
        {
            var weight = sign * tree._weights[row];
            _weight += weight;
            if (tree._classes == 0)
            {
                _sums[0] += weight * tree._targets[row];
                return;
            }

            ref var sum = ref _sums[(int)tree._targets[row]];
            _squares -= sum * sum;
            sum += weight;
            _squares += sum * sum;
        }
    }
}
