using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="OrdinalCategories"/> learned.</summary>
internal sealed class FittedOrdinalCategories(IReadOnlyList<FittedOrdinalCategories.Encoding> encodings) : IFittedTransform, IDescribesFeatures
{
    public string Description => $"Text to the position of its category: {string.Join(", ", encodings.Select(encoding => $"{encoding.Column} ({encoding.Cardinality})"))}.";

    public IEnumerable<FeatureInfo> Features => encodings.Select(encoding => new FeatureInfo(encoding.Column, FeatureKind.Category, encoding.Cardinality));

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (column, map, _) in encodings) edit.Replace(column, new NumberColumn(column, map.Apply((TextColumn)table[column])));
        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var (column, map, _) in encodings) columns[column] = map.Emit(columns[column]);
    }

    internal sealed record Encoding(string Column, CategoryMap Map, int Cardinality);
}
