using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The preprocessing of an exported model, as it was fitted then: its nodes are taken over into the graph of the new model, and run in ONNX Runtime for the rows
/// that are learned from.
/// </summary>
/// <param name="name">What the model is called in messages.</param>
/// <param name="earlier">The model's graph.</param>
/// <param name="manifest">What the model says of itself.</param>
/// <param name="ensemble">The node of its trees.</param>
/// <param name="threads">How many threads to use at most.</param>
internal sealed class EarlierFeatures(string name, Graph earlier, ModelManifest manifest, Node ensemble, int threads) : IFittedTransform, INeedsOpset
{
    public string Description => $"The preprocessing of {name}, as it was fitted then.";

    public int Opset => earlier.Opsets[""];

    /// <summary>The values that become the columns of the model's features; null when they can't be told apart.</summary>
    public static IReadOnlyList<string>? Values(Graph graph, Node ensemble, int features)
    {
        if (features == 0) return null;
        if (features == 1) return [ensemble.Inputs[0]];
        var matrix = graph.Nodes.FirstOrDefault(node => node.Outputs.Contains(ensemble.Inputs[0]));
        return matrix is { OpType: "Concat" } && matrix.Inputs.Count == features ? matrix.Inputs : null;
    }

    public Table Apply(Table table)
    {
        var graph = new Graph("features", Opset);
        var columns = new GraphColumns(graph);
        foreach (var input in manifest.Inputs) columns[input.Name] = graph.Input(input.Name, GraphColumns.TypeOf(input.Type), Dimension.Batch, 1);
        Emit(columns);
        var features = manifest.Features;
        graph.Output(GraphContract.Prediction, features.Count == 1 ? columns[features[0].Name] : Value.Concat([.. features.Select(feature => columns[feature.Name])], 1));
        graph.Prune();
        var others = table.Schema.Select(column => column.Name).Except(manifest.Inputs.Select(input => input.Name)).ToArray();
        var values = FeatureMatrix.Of(OnnxFile.ToBytes(graph), manifest.Inputs, features.Count, table.Without(others), threads);
        for (var i = 0; i < values.Length; i++) table = table.With(new NumberColumn(features[i].Name, values[i]));
        return table;
    }

    public void Emit(GraphColumns columns)
    {
        var graph = columns.Graph;
        var values = manifest.Inputs.ToDictionary(input => input.Name, input => columns[input.Name], StringComparer.Ordinal);
        Value? ValueOf(string value)
        {
            if (value.Length == 0) return null;
            if (!values.TryGetValue(value, out var known)) values[value] = known = graph.Constant(earlier.Constants[value]);
            return known;
        }

        foreach (var (domain, version) in earlier.Opsets) if (domain.Length > 0) graph.UseOpset(domain, Math.Max(version, graph.Opsets.GetValueOrDefault(domain)));
        foreach (var node in earlier.Nodes.TakeWhile(node => node != ensemble))
        {
            var outputs = graph.Add(node.OpType, [.. node.Inputs.Select(ValueOf)], [.. node.Outputs.Select(output => (earlier[output].Type, earlier[output].Shape))], node.Attributes.Select(attribute => (attribute.Key, attribute.Value)), node.Domain);
            for (var i = 0; i < outputs.Count; i++) values[node.Outputs[i]] = outputs[i];
        }

        var features = Values(earlier, ensemble, manifest.Features.Count)!.Select(value => ValueOf(value)!).ToList();
        for (var i = 0; i < features.Count; i++) columns[manifest.Features[i].Name] = features[i];
    }
}
