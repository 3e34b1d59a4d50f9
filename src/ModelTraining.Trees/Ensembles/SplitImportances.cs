namespace ModelTraining;

/// <summary>How much features mattered, by the splits of trees.</summary>
internal static class SplitImportances
{
    public static IReadOnlyList<FeatureImportance> Of(IReadOnlyList<DecisionTree> trees, IReadOnlyList<FeatureInfo> features)
    {
        var (gains, splits) = (new double[features.Count], new int[features.Count]);
        foreach (var tree in trees)
        {
            for (var i = 0; i < tree.Features.Length; i++)
            {
                gains[tree.Features[i]] += tree.Gains[i];
                splits[tree.Features[i]]++;
            }
        }

        var all = gains.Sum();
        return [.. features.Select((feature, i) => new FeatureImportance(feature.Name, all > 0 ? gains[i] / all : 0, splits[i])).OrderByDescending(importance => importance.Gain)];
    }
}
