using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="RareCategoryRepair"/> learned: the categories that stay, column by column. All others become one; missing text stays missing.</summary>
internal sealed class FittedRareCategories(IReadOnlyList<FittedRareCategories.Group> groups) : IFittedTransform
{
    public string Description => groups.Count == 0 ? "Rare categories: none." : $"Rare and unseen categories grouped: {string.Join(", ", groups.Select(group => $"{group.Column} as '{group.Level}' but for {group.Kept.Length}"))}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (column, kept, level) in groups)
        {
            var stays = kept.ToHashSet(StringComparer.Ordinal);
            edit.Replace(column, ((TextColumn)table[column]).Map(category => category.Length == 0 || stays.Contains(category) ? category : level));
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columns)
    {
        foreach (var (column, kept, level) in groups)
        {
            var text = columns[column];
            string[] stay = ["", .. kept.Where(category => category.Length > 0)];
            var stays = text.LabelEncoder(stay, [.. stay.Select(_ => 1f)], 0f).Cast(ElementType.Bool);
            columns[column] = stays.Where(text, columns.Graph.Constant(Tensor.Of([level], 1, 1)));
        }
    }

    internal sealed record Group(string Column, string[] Kept, string Level);
}
