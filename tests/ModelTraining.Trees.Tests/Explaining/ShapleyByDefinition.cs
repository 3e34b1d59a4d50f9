namespace ModelTraining.Tests;

/// <summary>SHAP values by their definition: over all sets of features. Covers are counted from the training rows themselves.</summary>
internal sealed class ShapleyByDefinition
{
    private readonly TreeEnsembleModel _model;
    private readonly FeatureSet _features;
    private readonly double[][] _covers;

    public ShapleyByDefinition(TreeEnsembleModel model, FeatureSet features, int[] trainingRows, float[]? weights = null)
    {
        (_model, _features) = (model, features);
        _covers = [.. model.Trees.Select(tree =>
        {
            var covers = new double[tree.Leaves.Length];
            foreach (var row in trainingRows) covers[NaiveTrees.LeafOf(tree, features, row)] += weights?[row] ?? 1;
            return covers;
        })];
    }

    /// <summary>The model's output for a row of which only the features of a set are known.</summary>
    public double Known(int row, int output, int set)
    {
        double sum = _model.BaseScores[output];
        for (var i = 0; i < _model.Trees.Count; i++)
        {
            var tree = _model.Trees[i];
            if (tree.Output == output) sum += Known(tree, _covers[i], row, set, tree.Features.Length == 0 ? ~0 : 0).Value;
        }

        return sum;
    }

    public double Value(int row, int output, int feature)
    {
        var count = _features.Count;
        var sum = 0.0;
        for (var set = 0; set < 1 << count; set++)
        {
            if ((set >> feature & 1) != 0) continue;
            var size = int.PopCount(set);
            var weight = Factorial(size) * Factorial(count - size - 1) / Factorial(count);
            sum += weight * (Known(row, output, set | (1 << feature)) - Known(row, output, set));
        }

        return sum;
    }

    private (double Value, double Cover) Known(DecisionTree tree, double[] covers, int row, int set, int node)
    {
        if (node < 0) return (tree.Leaves[~node], covers[~node]);
        var left = Known(tree, covers, row, set, tree.Left[node]);
        var right = Known(tree, covers, row, set, tree.Right[node]);
        var cover = left.Cover + right.Cover;
        if ((set >> tree.Features[node] & 1) == 0) return (((left.Value * left.Cover) + (right.Value * right.Cover)) / cover, cover);
        var value = _features.Column(tree.Features[node])[row];
        var goesLeft = tree.Categories[node] is { } categories ? !float.IsNaN(value) && categories.Contains((int)value) : float.IsNaN(value) ? tree.MissingLeft[node] : value <= tree.Thresholds[node];
        return (goesLeft ? left.Value : right.Value, cover);
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
