using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Finds the dense layers of a graph: the nodes that multiply what is computed by a constant matrix.</summary>
internal static class DenseWeights
{
    public static IReadOnlyList<LayerWeight> Find(Graph graph)
    {
        var forms = new Dictionary<string, (string Constant, bool IsTransposed)>(StringComparer.Ordinal);
        foreach (var (name, tensor) in graph.Constants.Where(pair => pair.Value is { Type: ElementType.Float, Shape.Length: 2 })) forms[name] = (name, false);
        var layers = new Dictionary<string, List<(Node Node, bool IsTransposed)>>(StringComparer.Ordinal);
        var elsewhere = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (Form(node, forms) is { } form)
            {
                forms[node.Outputs[0]] = form;
                continue;
            }

            var dense = Dense(node, forms);
            if (dense is { } known)
            {
                if (!layers.TryGetValue(known.Constant, out var all)) layers[known.Constant] = all = [];
                all.Add((node, known.IsTransposed));
            }

            // What else computes with a matrix would see the change that is merged into it.
            foreach (var name in dense is null ? Graph.Uses(node) : node.Inputs.Where((_, input) => input != 1)) if (forms.TryGetValue(name, out var used)) elsewhere.Add(used.Constant);
        }

        return [.. from pair in layers
                   where !elsewhere.Contains(pair.Key) && pair.Value.All(layer => layer.IsTransposed == pair.Value[0].IsTransposed)
                   let shape = graph.Constants[pair.Key].Shape.ToArray()
                   let isTransposed = pair.Value[0].IsTransposed
                   select new LayerWeight(pair.Key, isTransposed, shape[isTransposed ? 1 : 0], shape[isTransposed ? 0 : 1], [.. pair.Value.Select(layer => layer.Node)])];
    }

    /// <summary>A matrix in another form: exporters write tied weights as Identity, and PyTorch's linear layers with a Transpose where they do not fold it.</summary>
    private static (string Constant, bool IsTransposed)? Form(Node node, Dictionary<string, (string Constant, bool IsTransposed)> forms)
    {
        if (node.Domain.Length > 0 || node.Inputs.Count == 0 || !forms.TryGetValue(node.Inputs[0], out var form)) return null;
        return node.OpType switch
        {
            "Identity" => form,
            "Transpose" when node.Attributes.GetValueOrDefault("perm") is null or long[] and [1, 0] => (form.Constant, !form.IsTransposed),
            _ => null,
        };
    }

    private static (string Constant, bool IsTransposed)? Dense(Node node, Dictionary<string, (string Constant, bool IsTransposed)> forms)
    {
        if (node.Domain.Length > 0 || node.OpType is not ("MatMul" or "Gemm") || forms.ContainsKey(node.Inputs[0]) || !forms.TryGetValue(node.Inputs[1], out var form)) return null;
        bool Is(string attribute) => node.Attributes.GetValueOrDefault(attribute) is long and not 0;
        if (node.OpType == "MatMul") return form;
        return Is("transA") || node.Attributes.GetValueOrDefault("alpha") is float and not 1 ? null : (form.Constant, form.IsTransposed != Is("transB"));
    }
}
