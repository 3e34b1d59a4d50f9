namespace ModelTraining;

/// <summary>Steps that several models' features do not share, and the names that their features get beside those of others.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Columns">The columns that they leave.</param>
/// <param name="Prefix">What stands in front of the columns' names.</param>
internal sealed record FeatureBranch(IReadOnlyList<IFittedTransform> Steps, IReadOnlyList<FeatureColumn> Columns, string Prefix)
{
    /// <summary>The columns, and their features, under their names beside others.</summary>
    public IEnumerable<FeatureColumn> Named => Columns.Select(column => column with { Name = Prefix + column.Name, Features = [.. column.Features.Select(feature => feature with { Name = Prefix + feature.Name })] });
}
