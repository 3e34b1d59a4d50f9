namespace ModelTraining.Tests;

/// <summary>Trees walked row by row, as plainly as can be.</summary>
internal static class NaiveTrees
{
    public static int LeafOf(DecisionTree tree, FeatureSet features, int row)
    {
        var next = tree.Features.Length == 0 ? ~0 : 0;
        while (next >= 0)
        {
            var value = features.Column(tree.Features[next])[row];
            bool left;
            if (tree.Categories[next] is { } set) left = value >= 0 && value <= 255 && value == Math.Floor(value) && set.Contains((int)value);
            else left = float.IsNaN(value) ? tree.MissingLeft[next] : value <= tree.Thresholds[next];
            next = left ? tree.Left[next] : tree.Right[next];
        }

        return ~next;
    }

    /// <summary>Sums of leaves and base score, [outputs].</summary>
    public static double[] Scores(TreeEnsembleModel model, FeatureSet features, int row)
    {
        var scores = model.BaseScores.Select(score => (double)score).ToArray();
        foreach (var tree in model.Trees) scores[tree.Output] += tree.Leaves[LeafOf(tree, features, row)];
        return scores;
    }
}
