namespace ModelTraining.Onnx;

/// <summary>Copies graphs: values and nodes keep their names, so that what was known of the one is known of the other.</summary>
internal static class GraphCopy
{
    /// <summary>A copy without nodes and outputs, in which all values are defined: those that no node of the copy will make are left over for <see cref="Graph.Prune"/>.</summary>
    /// <param name="graph">What is copied.</param>
    /// <param name="inputs">The constants that become inputs.</param>
    public static Graph Begin(Graph graph, IReadOnlySet<string> inputs)
    {
        var copy = new Graph(graph.Name, graph.Opsets[""]) { Carried = graph.Carried };
        foreach (var (domain, version) in graph.Opsets) copy.UseOpset(domain, version);
        foreach (var (key, text) in graph.Metadata) copy.Metadata[key] = text;
        foreach (var input in graph.Inputs) copy.AddInput(Define(copy, input));
        foreach (var (name, tensor) in graph.Constants)
        {
            var value = copy.Find(name) ?? Define(copy, graph[name]);
            if (!inputs.Contains(name)) copy.AddConstant(value, tensor);
            else if (graph.Inputs.All(input => input.Name != name)) copy.AddInput(value);
        }

        foreach (var name in graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0)) Define(copy, graph[name]);
        return copy;
    }

    /// <summary>The part of a graph between an input and an output.</summary>
    public static Graph Part(Graph graph, string input, string output)
    {
        var copy = Begin(graph, new HashSet<string>());
        foreach (var node in graph.Nodes) copy.AddNode(node);
        copy.AddOutput(copy[output]);
        copy.Prune();
        return copy.Inputs is [var only] && only.Name == input ? copy : throw new InvalidOperationException($"Output '{output}' takes {string.Join(", ", copy.Inputs)}, not '{input}' alone.");
    }

    /// <summary>Writes a graph into another one, whose default operator set may be a newer one.</summary>
    /// <param name="graph">What is written.</param>
    /// <param name="inputs">The values of the other graph that take the place of inputs, by name.</param>
    /// <param name="prefix">What goes before the names of constants and values.</param>
    /// <param name="renamed">Takes the names that the other graph has already, and what they became in it; null when nobody asks.</param>
    /// <returns>The values of the other graph that the outputs became.</returns>
    public static IReadOnlyList<Value> Into(Graph graph, IReadOnlyDictionary<string, Value> inputs, string prefix, IDictionary<string, string>? renamed = null)
    {
        var target = inputs.Values.First().Graph;
        var values = new Dictionary<string, Value>(inputs, StringComparer.Ordinal);
        foreach (var (name, tensor) in graph.Constants) values.Add(name, target.Constant(tensor, Free(name)));
        foreach (var node in graph.Nodes)
        {
            foreach (var name in node.Outputs.Where(name => name.Length > 0)) values.Add(name, target.Define(Free(name), graph[name].Type, graph[name].Shape));
            target.AddNode(InnerGraph.Renamed(node, name => values[name].Name, prefix, renamedNode => Raised(renamedNode, graph, target)));
        }

        return [.. graph.Outputs.Select(output => values[output.Name])];

        string Free(string name)
        {
            var free = prefix + name;
            while (target.Find(free) is not null) free += "'";
            if (free != prefix + name) renamed?.Add(name, free);
            return free;
        }
    }

    /// <summary>A node as the target's operator set has it: reductions took their axes as an attribute once. What else networks are made of means the same from opset 13 on.</summary>
    private static Node Raised(Node node, Graph graph, Graph target)
    {
        if (graph.Opsets[""] >= Emit.ReductionAxesAsInput || target.Opsets[""] < Emit.ReductionAxesAsInput) return node;
        if (node.Domain.Length > 0 || !node.OpType.StartsWith("Reduce", StringComparison.Ordinal) || !node.Attributes.TryGetValue("axes", out var axes)) return node;
        var others = node.Attributes.Where(attribute => attribute.Key != "axes").ToDictionary();
        return new Node(node.Name, node.OpType, node.Domain, [.. node.Inputs, Emit.List(target, (long[])axes).Name], node.Outputs, others);
    }

    private static Value Define(Graph copy, Value value)
    {
        var defined = copy.Define(value.Name, value.Type, value.Shape);
        defined.Carried = value.Carried;
        return defined;
    }
}
