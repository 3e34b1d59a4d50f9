namespace ModelTraining;

/// <summary>The features of several models side by side, for an <see cref="EnsembleModel"/>: what they have in common is made once.</summary>
/// <param name="Features">All of them.</param>
/// <param name="FirstFeatures">Of each of the parts the position of its first feature.</param>
internal sealed record FeatureUnion(FittedFeatures Features, IReadOnlyList<int> FirstFeatures)
{
    /// <param name="parts">The features of each model. The same object more than once is there once.</param>
    /// <param name="raw">The columns that the first step meets.</param>
    /// <param name="names">What stands in front of a part's names, for example "fold 1/".</param>
    public static FeatureUnion Of(IReadOnlyList<FittedFeatures> parts, Schema raw, Func<int, string> names)
    {
        var distinct = parts.Distinct(ReferenceEqualityComparer.Instance).Cast<FittedFeatures>().ToList();
        if (distinct.Count == 1) return new FeatureUnion(distinct[0], [.. parts.Select(_ => 0)]);

        // Repairs of cleaning, and steps that have learned nothing, are the very same in all parts.
        var common = 0;
        while (distinct.All(part => common < part.Steps.Count && ReferenceEquals(part.Steps[common], distinct[0].Steps[common]))) common++;
        var branches = distinct.Select((part, i) => new FeatureBranch([.. part.Steps.Skip(common)], part.Columns, names(i))).ToList();
        var firsts = new int[distinct.Count];
        for (var i = 1; i < firsts.Length; i++) firsts[i] = firsts[i - 1] + distinct[i - 1].Features.Count;
        var features = new FittedFeatures([.. distinct[0].Steps.Take(common), new FittedBranches(branches)], [.. branches.SelectMany(branch => branch.Named)], raw);
        return new FeatureUnion(features, [.. parts.Select(part => firsts[distinct.IndexOf(part)])]);
    }
}
