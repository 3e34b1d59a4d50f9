using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What <see cref="TargetEncoding"/> learned.</summary>
/// <param name="columns">The text columns.</param>
/// <param name="outputs">What they become, in order.</param>
/// <param name="trainingRows">The rows that were learned from, as positions in their table.</param>
/// <param name="added">Whether the means are added to the text, in place of taking its place.</param>
internal sealed class FittedTargetEncoding(IReadOnlyList<string> columns, IReadOnlyList<FittedTargetEncoding.Output> outputs, int[] trainingRows, bool added) : IFittedTransform
{
    public string Description => added ? $"Means of the target by category added: {string.Join(", ", outputs.Select(output => output.Name))}." : $"Text to the mean of the target of its category: {string.Join(", ", columns)}.";

    public Table Apply(Table table) => Apply(table, inTraining: false);

    public Table ApplyInTraining(Table table) => Apply(table, inTraining: true);

    public void Emit(GraphColumns columnsOfGraph)
    {
        foreach (var column in columns)
        {
            var text = columnsOfGraph[column];
            if (!added) columnsOfGraph.Remove(column);
            foreach (var output in outputs.Where(output => output.Column == column)) columnsOfGraph[output.Name] = output.Map.Emit(text);
        }
    }

    private Table Apply(Table table, bool inTraining)
    {
        var edit = new TableEdit(table);
        foreach (var column in columns)
        {
            var text = (TextColumn)table[column];
            Column[] means = [.. outputs.Where(output => output.Column == column).Select(output => Means(text, output, inTraining))];
            if (!added) edit.Replace(column, means);
            else foreach (var mean in means) edit.Add(mean);
        }

        return edit.Build();
    }

    private NumberColumn Means(TextColumn text, Output output, bool inTraining)
    {
        var means = output.Map.Apply(text);
        if (inTraining) for (var i = 0; i < trainingRows.Length; i++) means[trainingRows[i]] = output.OutOfFold[i];
        return new NumberColumn(output.Name, means);
    }

    /// <param name="Column">The text column.</param>
    /// <param name="Name">The name of the column that it becomes.</param>
    /// <param name="Map">The mean of each category.</param>
    /// <param name="OutOfFold">For each training row the mean that does not know its target.</param>
    internal sealed record Output(string Column, string Name, CategoryMap Map, float[] OutOfFold);
}
