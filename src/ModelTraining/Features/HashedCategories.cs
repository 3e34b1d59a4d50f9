using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Adds the bucket of a text by its hash (K. Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009), numbered anew in the order of those that occur:
/// a category where the trainer takes as many, otherwise a column a bucket. What has no row in training has no bucket.
/// </summary>
/// <param name="columns">The text columns.</param>
/// <param name="buckets">The number of buckets.</param>
internal sealed class HashedCategories(IReadOnlyList<string> columns, int buckets) : ITransform
{
    public string Name => "Categories to hash buckets";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        var found = columns.Select(column => (Column: column, Name: names.Take($"hash({column})"), Categories: Known((TextColumn)training.Column(column)))).ToList();
        if (found.All(column => Buckets(column.Categories).Length <= context.Needs.MaxCategories))
        {
            return new FittedOrdinalCategories([.. found.Select(column => new FittedOrdinalCategories.Encoding(column.Column, Map(column.Categories, float.NaN), Math.Max(1, Buckets(column.Categories).Length), column.Name))]);
        }

        return new FittedOneHot([.. found.Select(column => new FittedOneHot.Encoding(column.Column, Map(column.Categories, FittedOneHot.None),
            [.. Buckets(column.Categories).Select(bucket => names.Take(string.Create(CultureInfo.InvariantCulture, $"{column.Name}={bucket}")))], Added: true))]);
    }

    /// <summary>FNV-1a over UTF-16, which is the same in every process and on every machine.</summary>
    internal static int Bucket(string category, int buckets)
    {
        var hash = 2166136261u;
        foreach (var character in category) hash = (hash ^ character) * 16777619u;
        return (int)(hash % (uint)buckets);
    }

    private int[] Buckets(string[] categories) => [.. categories.Select(category => Bucket(category, buckets)).Distinct().Order()];

    private CategoryMap Map(string[] categories, float otherwise)
    {
        var position = Buckets(categories).Index().ToDictionary(pair => pair.Item, pair => (float)pair.Index);
        return new CategoryMap(categories.Select(category => (category, position[Bucket(category, buckets)])), otherwise, otherwise);
    }

    private static string[] Known(TextColumn column) => [.. CategoryCounts.ByFrequency(column).Select(pair => pair.Category)];
}
