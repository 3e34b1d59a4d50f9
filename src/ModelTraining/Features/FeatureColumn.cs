using System.Globalization;

namespace ModelTraining;

/// <summary>A column that becomes features: itself, or the elements of its tensors.</summary>
/// <param name="Name">The column.</param>
/// <param name="Features">What it becomes.</param>
/// <param name="IsTensor">Whether it holds tensors.</param>
internal sealed record FeatureColumn(string Name, IReadOnlyList<FeatureInfo> Features, bool IsTensor)
{
    public static FeatureColumn Of(FeatureInfo feature) => new(feature.Name, [feature], false);

    /// <summary>In row-major order: image[0], image[1], ...</summary>
    public static FeatureColumn Of(TensorColumn column)
    {
        var size = 1;
        foreach (var dimension in column.Shape) size *= dimension;
        return new FeatureColumn(column.Name, [.. Enumerable.Range(0, size).Select(i => new FeatureInfo(string.Create(CultureInfo.InvariantCulture, $"{column.Name}[{i}]")))], true);
    }
}
