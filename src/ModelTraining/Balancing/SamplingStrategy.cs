using System.Globalization;

namespace ModelTraining;

/// <summary>Which classes a <see cref="Resample"/> method works on, and how many rows they have afterwards.</summary>
public sealed record SamplingStrategy
{
    private SamplingStrategy(SampledClasses classes) => Classes = classes;

    /// <summary>What is usual of the method: over-sampling brings all classes to the largest's rows, under-sampling to the smallest's, and cleaning drops rows of all classes but the smallest.</summary>
    public static SamplingStrategy Auto { get; } = new(SampledClasses.Auto);

    /// <summary>The smallest class alone, which over-sampling brings to the largest's rows.</summary>
    public static SamplingStrategy Minority { get; } = new(SampledClasses.Minority);

    /// <summary>All classes but the smallest.</summary>
    public static SamplingStrategy NotMinority { get; } = new(SampledClasses.NotMinority);

    /// <summary>The largest class alone: not for over-sampling.</summary>
    public static SamplingStrategy Majority { get; } = new(SampledClasses.Majority);

    /// <summary>All classes but the largest.</summary>
    public static SamplingStrategy NotMajority { get; } = new(SampledClasses.NotMajority);

    /// <summary>All classes.</summary>
    public static SamplingStrategy All { get; } = new(SampledClasses.All);

    internal SampledClasses Classes { get; }

    /// <summary>The rows of the smaller class for each of the larger one afterwards.</summary>
    internal double? WantedRatio { get; private init; }

    /// <summary>The rows of classes afterwards.</summary>
    internal IReadOnlyDictionary<string, int>? WantedCounts { get; private init; }

    /// <summary>Of two classes, how many rows the smaller one has afterwards for each of the larger one. Not for cleaning.</summary>
    /// <param name="ratio">In (0, 1]; 1 for as many.</param>
    public static SamplingStrategy Ratio(double ratio) => new(SampledClasses.Auto) { WantedRatio = ratio };

    /// <summary>How many rows the classes that are named have afterwards; others stay as they are. Not for cleaning.</summary>
    /// <param name="rows">The rows of each class by its name, at least 1: <c>new() { ["rare"] = 2000 }</c>.</param>
    public static SamplingStrategy Counts(IReadOnlyDictionary<string, int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new(SampledClasses.Auto) { WantedCounts = new SortedDictionary<string, int>(rows.ToDictionary(), StringComparer.Ordinal) };
    }

    /// <summary>In a word or two, as reports have it.</summary>
    public override string ToString() => this switch
    {
        { WantedRatio: { } ratio } => string.Create(CultureInfo.InvariantCulture, $"ratio {ratio}"),
        { WantedCounts: { } counts } => string.Join(", ", counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value}"))),
        { Classes: SampledClasses.NotMinority } => "not minority",
        { Classes: SampledClasses.NotMajority } => "not majority",
        _ => Classes.ToString().ToLowerInvariant(),
    };
}
