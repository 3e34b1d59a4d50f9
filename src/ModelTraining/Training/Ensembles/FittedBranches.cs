using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Makes the features of several models of the same columns, side by side.</summary>
internal sealed class FittedBranches(IReadOnlyList<FeatureBranch> branches) : IFittedTransform, INeedsOpset, IDescribesFeatures
{
    public string Description => $"Features of {branches.Count} models, each as it was fitted: {string.Join("; ", branches[0].Steps.Select(step => step.Description))}";

    public int Opset => branches.SelectMany(branch => branch.Steps).OfType<INeedsOpset>().Select(step => step.Opset).Append(Graph.DefaultOpset).Max();

    public IEnumerable<FeatureInfo> Features => [.. branches.SelectMany(branch => branch.Named).SelectMany(column => column.Features)];

    public Table Apply(Table table)
    {
        var columns = new List<Column>();
        foreach (var branch in branches)
        {
            var made = table;
            foreach (var step in branch.Steps) made = step.Apply(made);
            foreach (var column in branch.Columns) columns.Add(made[column.Name].Rename(branch.Prefix + column.Name));
        }

        return table.WithColumns(columns, new Schema(columns.Select(column => new ColumnInfo(column.Name, column.Type))));
    }

    public void Emit(GraphColumns columns)
    {
        var given = columns.Names.Select(name => (name, columns[name])).ToList();
        foreach (var branch in branches)
        {
            var made = new GraphColumns(columns.Graph);
            foreach (var (name, value) in given) made[name] = value;
            foreach (var step in branch.Steps) step.Emit(made);
            foreach (var column in branch.Columns) columns[branch.Prefix + column.Name] = made[column.Name];
        }
    }
}
