namespace ModelTraining.Onnx;

/// <summary>
/// Finds x·½·(1 + erf(x/√2)), which exported networks write in any order, and makes one node of it: so the parts are neither kept for the gradient nor
/// differentiated one by one. The node is ONNX Runtime's own; ONNX has one only from opset 20 on.
/// </summary>
internal static class GeluForm
{
    public const string Domain = "com.microsoft";

    public const string OpType = "Gelu";

    /// <summary>The names of the values that are a Gelu, with what they are of.</summary>
    public static IReadOnlyDictionary<string, string> Find(Graph graph)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (graph.Nodes.All(node => node.OpType != "Erf")) return found;
        var makers = graph.Nodes.SelectMany(node => node.Outputs.Select(name => (Name: name, Node: node))).Where(made => made.Name.Length > 0).ToDictionary(made => made.Name, made => made.Node, StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (node.OpType != "Mul" || graph[node.Outputs[0]].Type != ElementType.Float) continue;
            var factors = new List<string>();
            var scale = 1.0;
            Collect(node.Outputs[0], 2);
            if (factors.Count != 2 || Math.Abs(scale - 0.5) > 1e-6) continue;
            if (Inner(factors[0]) == factors[1]) found.Add(node.Outputs[0], factors[1]);
            else if (Inner(factors[1]) == factors[0]) found.Add(node.Outputs[0], factors[0]);

            // The factors of a product of products, of which one is a number.
            void Collect(string name, int depth)
            {
                if (Number(name) is { } number) scale *= number;
                else if (depth > 0 && makers.TryGetValue(name, out var maker) && maker.OpType == "Mul" && (depth == 2 || Scales(node) || Scales(maker)))
                {
                    foreach (var input in maker.Inputs) Collect(input, depth - 1);
                }
                else factors.Add(name);
            }
        }

        return found;

        // The x of 1 + erf(x/√2).
        string? Inner(string name)
        {
            if (!makers.TryGetValue(name, out var sum) || sum.OpType != "Add" || With(sum, number => Math.Abs(number - 1) < 1e-6) is not { } erf) return null;
            if (!makers.TryGetValue(erf, out var error) || error.OpType != "Erf" || !makers.TryGetValue(error.Inputs[0], out var inside)) return null;
            return inside.OpType switch
            {
                "Mul" => With(inside, number => Math.Abs(number - Math.Sqrt(0.5)) < 1e-4),
                "Div" when Number(inside.Inputs[1]) is { } divisor && Math.Abs(divisor - Math.Sqrt(2)) < 1e-4 => inside.Inputs[0],
                _ => null,
            };
        }

        // The other operand of a node of which one is a certain number.
        string? With(Node node, Func<double, bool> isWanted)
        {
            for (var i = 0; i < 2; i++) if (Number(node.Inputs[i]) is { } number && isWanted(number)) return node.Inputs[1 - i];
            return null;
        }

        bool Scales(Node product) => product.Inputs.Any(input => Number(input) is not null);

        double? Number(string name) => graph.Find(name) is { Shape.Count: 0 or 1 } && ConstantValues.Find(graph, name) is { Count: 1 } tensor ? ConstantValues.Number(tensor) : null;
    }
}
