using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Writes trees as the ONNX operator TreeEnsembleRegressor, and what turns its sums into probabilities.</summary>
internal static class TreeEnsembleGraph
{
    public static Value Emit(Value features, TreeEnsembleModel model)
    {
        var ensemble = new TreeEnsemble(model.BaseScores.Count) { BaseValues = model.BaseScores };
        foreach (var tree in model.Trees) Add(ensemble, tree);
        var scores = features.TreeEnsembleRegressor(ensemble);
        if (model.Task == LearningTask.Regression) return model.Objective?.Emit(scores) ?? scores;
        if (model.SumsAreShares) return ClassShares.Emit(scores);
        if (model.Task == LearningTask.MulticlassClassification) return scores.Softmax();
        var positive = scores.Sigmoid();
        return ShapingOperators.Concat([features.Graph.Constant(1f) - positive, positive], 1);
    }

    /// <summary>
    /// A split by categories becomes a chain of branches that each ask for one of them; all lead to the same node when the answer is yes. Missing and
    /// unknown categories are equal to none, and leave the chain at its end.
    /// </summary>
    private static void Add(TreeEnsemble ensemble, DecisionTree tree)
    {
        ensemble.BeginTree();
        var first = new int[tree.Features.Length + 1];
        for (var split = 0; split < tree.Features.Length; split++) first[split + 1] = first[split] + (tree.Categories[split]?.Count() ?? 1);
        int NodeOf(int child) => child >= 0 ? first[child] : first[^1] + ~child;
        for (var split = 0; split < tree.Features.Length; split++)
        {
            var (feature, left, right) = (tree.Features[split], NodeOf(tree.Left[split]), NodeOf(tree.Right[split]));
            if (tree.Categories[split] is not { } categories)
            {
                ensemble.AddBranch(first[split], feature, tree.Thresholds[split], left, right, tree.MissingLeft[split]);
                continue;
            }

            var node = first[split];
            for (var category = 0; category <= DataCheck.MostCategories; category++)
            {
                if (!categories.Contains(category)) continue;
                ensemble.AddBranch(node, feature, category, left, node + 1 == first[split + 1] ? right : node + 1, test: TreeTest.Equal);
                node++;
            }
        }

        for (var leaf = 0; leaf < tree.Leaves.Length; leaf++) ensemble.AddLeafFor(NodeOf(~leaf), tree.Output, tree.Leaves[leaf], tree.LeafCovers[leaf]);
    }
}
