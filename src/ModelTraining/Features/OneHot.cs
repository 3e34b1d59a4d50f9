namespace ModelTraining;

/// <summary>
/// Text becomes one column a category, called <c>name=category</c>: 1 where the row has it, otherwise 0. Missing text, and text that was not seen in training,
/// is 0 in all of them; where there are more than <paramref name="maxCategories"/>, the rare ones are, too.
/// </summary>
/// <param name="columns">The text columns.</param>
/// <param name="maxCategories">The most columns that one becomes, at least 1.</param>
internal sealed class OneHot(IReadOnlyList<string> columns, int maxCategories) : ITransform
{
    public string Name => "Categories to columns";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        var encodings = new FittedOneHot.Encoding[columns.Count];
        for (var i = 0; i < encodings.Length; i++)
        {
            var categories = CategoryCounts.ByFrequency((TextColumn)training.Column(columns[i])).Take(maxCategories).Select(pair => pair.Category).ToArray();
            var map = new CategoryMap(categories.Select((category, position) => (category, (float)position)), FittedOneHot.None, FittedOneHot.None);
            encodings[i] = new FittedOneHot.Encoding(columns[i], map, [.. categories.Select(category => names.Take($"{columns[i]}={category}"))]);
        }

        return new FittedOneHot(encodings);
    }
}
