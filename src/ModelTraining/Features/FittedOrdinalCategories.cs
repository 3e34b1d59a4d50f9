using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="OrdinalCategories"/> learned.</summary>
internal sealed class FittedOrdinalCategories(IReadOnlyList<FittedOrdinalCategories.Encoding> encodings) : IFittedTransform, IDescribesFeatures
{
    public string Description => $"Text to the position of its category: {string.Join(", ", encodings.Select(encoding => $"{encoding.Name} ({encoding.Cardinality})"))}.";

    public IEnumerable<FeatureInfo> Features => encodings.Select(encoding => new FeatureInfo(encoding.Name, FeatureKind.Category, encoding.Cardinality));

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (column, map, _, added) in encodings)
        {
            var positions = new NumberColumn(added ?? column, map.Apply((TextColumn)table[column]));
            if (added is null) edit.Replace(column, positions);
            else edit.Add(positions);
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var (column, map, _, added) in encodings) columns[added ?? column] = map.Emit(columns[column]);
    }

    /// <param name="Column">The text column.</param>
    /// <param name="Map">The position of each category.</param>
    /// <param name="Cardinality">The number of positions.</param>
    /// <param name="Added">The name of the column that it is added as; null when it takes the place of the text.</param>
    internal sealed record Encoding(string Column, CategoryMap Map, int Cardinality, string? Added = null)
    {
        public string Name => Added ?? Column;
    }
}
