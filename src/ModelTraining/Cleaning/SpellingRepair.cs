using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Gives text one spelling: raw spellings that were met become the one that stands for them, all others stay. The exported model does so too.</summary>
/// <param name="columns">For each text column the spellings that change, and what they become; empty text is missing.</param>
internal sealed class SpellingRepair(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> columns) : IFittedTransform
{
    public string Description => $"One spelling for equal names: {string.Join(", ", columns.Select(column => $"{column.Key} ({column.Value.Count})"))}.";

    public Table Apply(Table table)
    {
        var edit = new TableEdit(table);
        foreach (var (name, spellings) in columns)
        {
            // Only a table that was read has been through this; one that is served may lack what the model does not use.
            if (!table.Schema.Contains(name) || table[name] is not TextColumn text) continue;
            edit.Replace(name, text.Map(raw => spellings.GetValueOrDefault(raw, raw) is { Length: > 0 } spelling ? spelling : null));
        }

        return edit.Build();
    }

    public void Emit(GraphColumns columnsOfGraph)
    {
        foreach (var (name, spellings) in columns)
        {
            if (!columnsOfGraph.TryGet(name, out var raw) || raw.Type != ElementType.String) continue;
            string[] becomes = [.. spellings.Values.Distinct(StringComparer.Ordinal)];
            var codeOf = becomes.Index().ToDictionary(pair => pair.Item, pair => (long)pair.Index, StringComparer.Ordinal);
            var code = raw.LabelEncoder([.. spellings.Keys], [.. spellings.Values.Select(spelling => codeOf[spelling])], -1);
            var spelled = columnsOfGraph.Graph.Constant(Tensor.Of(becomes, becomes.Length)).Gather(code.Max(0));
            columnsOfGraph[name] = code.Less(0).Where(raw, spelled);
        }
    }
}
