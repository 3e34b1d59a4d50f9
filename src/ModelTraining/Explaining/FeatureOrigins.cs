using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Which raw columns each feature is made of. The graph of the preprocessing tells: no step has to keep account of it.</summary>
internal static class FeatureOrigins
{
    /// <param name="features">The preprocessing.</param>
    /// <param name="raw">The columns that it begins with.</param>
    /// <returns>Of each feature the names of its columns.</returns>
    public static IReadOnlyList<IReadOnlySet<string>> Of(FittedFeatures features, Schema raw)
    {
        var graph = new Graph("origins", features.Opset);
        var columns = new GraphColumns(graph);
        var origins = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var column in raw)
        {
            var size = features.Columns.FirstOrDefault(made => made.IsTensor && made.Name == column.Name)?.Features.Count ?? 1;
            var input = graph.Input($"column {origins.Count}", GraphColumns.TypeOf(column.Type), Dimension.Batch, size);
            origins.Add(input.Name, new HashSet<string> { column.Name });
            columns[column.Name] = input;
        }

        features.Emit(columns);
        var none = new HashSet<string>();
        foreach (var node in graph.Nodes)
        {
            var of = Union([.. Graph.Uses(node).Select(name => origins.GetValueOrDefault(name, none))]);
            foreach (var output in node.Outputs) origins[output] = of;
        }

        return [.. features.Columns.SelectMany(column => Enumerable.Repeat(origins.GetValueOrDefault(columns[column.Name].Name, none), column.Features.Count))];
    }

    /// <summary>Most nodes add nothing to one of their inputs, whose set is shared then.</summary>
    private static IReadOnlySet<string> Union(List<IReadOnlySet<string>> sets)
    {
        var largest = sets.MaxBy(set => set.Count) ?? new HashSet<string>();
        return sets.All(set => set.IsSubsetOf(largest)) ? largest : sets.SelectMany(set => set).ToHashSet();
    }
}
