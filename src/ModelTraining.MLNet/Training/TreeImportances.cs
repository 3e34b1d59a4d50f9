using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace ModelTraining;

/// <summary>How much each feature mattered to an ensemble of trees, by what its splits gained.</summary>
internal static class TreeImportances
{
    /// <param name="transformer">What was trained.</param>
    /// <param name="uncalibrated">Takes a calibrator off a model.</param>
    /// <param name="features">The features.</param>
    /// <returns>Empty when the transformer is no ensemble of trees.</returns>
    public static IReadOnlyList<FeatureImportance> Of(ITransformer transformer, Func<object?, object?> uncalibrated, IReadOnlyList<FeatureInfo> features)
    {
        if (transformer is TransformerChain<ITransformer> chain) transformer = chain.First();
        var trees = uncalibrated((transformer as ISingleFeaturePredictionTransformer<object>)?.Model) switch
        {
            TreeEnsembleModelParametersBasedOnRegressionTree boosted => boosted.TrainedTreeEnsemble.Trees.Cast<RegressionTreeBase>(),
            TreeEnsembleModelParametersBasedOnQuantileRegressionTree forest => forest.TrainedTreeEnsemble.Trees,
            _ => [],
        };
        var gains = new double[features.Count];
        var splits = new int[features.Count];
        foreach (var tree in trees)
        {
            for (var node = 0; node < tree.NumberOfNodes; node++)
            {
                var feature = tree.NumericalSplitFeatureIndexes[node];
                gains[feature] += tree.SplitGains[node];
                splits[feature]++;
            }
        }

        var all = gains.Sum();
        return all > 0
            ? [.. features.Select((feature, i) => new FeatureImportance(feature.Name, gains[i] / all, splits[i])).OrderByDescending(importance => importance.Gain)]
            : [];
    }
}
