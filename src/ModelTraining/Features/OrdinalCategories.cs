namespace ModelTraining;

/// <summary>
/// Text becomes the position of its category, the most frequent one being 0: for trainers that split by categories. Missing text is NaN, and so is text that
/// was not seen in training; where there are more than <paramref name="maxCategories"/>, the rare and the unseen ones share the last position.
/// </summary>
/// <param name="columns">The text columns.</param>
/// <param name="maxCategories">The most positions of a column, at least 2.</param>
internal sealed class OrdinalCategories(IReadOnlyList<string> columns, int maxCategories) : ITransform
{
    public string Name => "Categories to positions";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var encodings = new FittedOrdinalCategories.Encoding[columns.Count];
        for (var i = 0; i < encodings.Length; i++)
        {
            var found = CategoryCounts.ByFrequency((TextColumn)training.Column(columns[i]));
            var crowded = found.Length > maxCategories;
            var own = crowded ? maxCategories - 1 : found.Length;
            var positions = found.Take(own).Select(static (pair, position) => (pair.Category, (float)position));
            var map = new CategoryMap(positions, crowded ? own : float.NaN, float.NaN);
            encodings[i] = new FittedOrdinalCategories.Encoding(columns[i], map, crowded ? maxCategories : Math.Max(1, own));
        }

        return new FittedOrdinalCategories(encodings);
    }
}
