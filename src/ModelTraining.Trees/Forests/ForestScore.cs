namespace ModelTraining;

/// <summary>How well the trees so far predict the training rows that they have not seen: each row by those trees alone that it is out of the bag of.</summary>
internal sealed class ForestScore
{
    private const double LeastShare = 1e-7;
    private readonly RowPart _part;
    private readonly ForestOutput[] _outputs;
    private readonly double[][] _sums;
    private readonly int[] _counts;

    public ForestScore(RowPart part, ForestOutput[] outputs)
    {
        (_part, _outputs, _counts) = (part, outputs, new int[part.Rows]);
        _sums = Array.ConvertAll(outputs, _ => new double[part.Rows]);
    }

    public string Metric => _part.Task == LearningTask.Regression ? "rmse" : "log_loss";

    /// <summary>Takes what a tree says; trees come in their order.</summary>
    public void Add(ForestTree tree)
    {
        var sums = _sums[tree.Tree.Output];
        for (var i = 0; i < tree.Rows.Length; i++)
        {
            sums[tree.Rows[i]] += tree.Values[i];
            if (tree.Tree.Output == 0) _counts[tree.Rows[i]]++;
        }
    }

    /// <summary>The score of the rows that any tree has scored; NaN where there are none yet.</summary>
    public double Evaluate()
    {
        var (sum, total) = (0.0, 0.0);
        for (var row = 0; row < _counts.Length; row++)
        {
            if (_counts[row] == 0) continue;
            var weight = _part.Weight(row);
            sum += weight * Loss(row);
            total += weight;
        }

        var mean = total > 0 ? sum / total : double.NaN;
        return _part.Task == LearningTask.Regression ? Math.Sqrt(mean) : mean;
    }

    private double Loss(int row)
    {
        double Mean(int output) => _outputs[output].Base + (_sums[output][row] / _counts[row]);
        var target = _part.Target(row);
        if (_part.Task == LearningTask.Regression) return Math.Pow(target - Mean(0), 2);
        if (_outputs.Length == 1) return -Math.Log(Math.Max(LeastShare, target == 1 ? Mean(0) : 1 - Mean(0)));
        var all = 0.0;
        for (var output = 0; output < _outputs.Length; output++) all += Math.Max(Mean(output), 0);
        return -Math.Log(Math.Max(LeastShare, Mean((int)target) / all));
    }
}
