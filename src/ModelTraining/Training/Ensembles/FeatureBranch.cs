namespace ModelTraining;

/// <summary>Steps that several models' features do not share, and the names that their features get beside those of others.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Features">The features that they leave.</param>
/// <param name="Prefix">What stands in front of the features' names.</param>
internal sealed record FeatureBranch(IReadOnlyList<IFittedTransform> Steps, IReadOnlyList<FeatureInfo> Features, string Prefix)
{
    /// <summary>The features under their names beside others.</summary>
    public IEnumerable<FeatureInfo> Named => Features.Select(feature => feature with { Name = Prefix + feature.Name });
}
