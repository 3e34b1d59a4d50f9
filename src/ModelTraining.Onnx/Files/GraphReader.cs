using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Onnx;

/// <summary>Makes a <see cref="Graph"/> of the messages of a file, and checks that every value is defined once, before it is used.</summary>
internal sealed class GraphReader
{
    private readonly TensorReader _tensors;
    private readonly GraphReader? _outer;
    private readonly Graph _graph;

    private GraphReader(GraphProto proto, IReadOnlyDictionary<string, int> opsets, TensorReader tensors, GraphReader? outer)
    {
        (_tensors, _outer) = (tensors, outer);
        _graph = new Graph(proto.Name);
        foreach (var (domain, version) in opsets) _graph.UseOpset(domain, version);
    }

    /// <summary>The graph of a model. <paramref name="model"/> belongs to the graph afterwards.</summary>
    public static Graph Read(ModelProto model, TensorReader tensors)
    {
        var opsets = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var import in model.OpsetImport)
        {
            if (import.Version is < 1 or > int.MaxValue) throw Senseless($"The operator set '{import.Domain}' has the version {import.Version}");
            opsets[Domain(import.Domain)] = (int)import.Version;
        }

        if (model.IrVersion < IrVersions.Oldest) LeaveConstantsOutOfInputs(model.Graph);
        var graph = new GraphReader(model.Graph, opsets, tensors, null).Read(model.Graph);
        foreach (var entry in model.MetadataProps) graph.Metadata[entry.Key] = entry.Value;

        // What a graph has no word for stays in the message, for the writer; the rest of it is let go.
        model.Graph = (GraphProto)graph.Carried!;
        model.OpsetImport.Clear();
        model.MetadataProps.Clear();
        graph.Carried = model;
        return graph;
    }

    /// <summary>A graph inside an attribute of one of this graph's nodes; it may use this graph's values.</summary>
    public Graph ReadInner(GraphProto proto) => new GraphReader(proto, _graph.Opsets, _tensors, this).Read(proto);

    /// <inheritdoc cref="TensorReader.Read"/>
    public Tensor ReadTensor(TensorProto proto) => _tensors.Read(proto);

    /// <summary>The oldest files list every constant among the inputs, too. In newer ones that would mean that it may be replaced when the graph runs.</summary>
    private static void LeaveConstantsOutOfInputs(GraphProto proto)
    {
        var constants = proto.Initializer.Select(initializer => initializer.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = proto.Input.Where(input => !constants.Contains(input.Name)).ToList();
        proto.Input.Clear();
        proto.Input.Add(inputs);
    }

    /// <summary>The name under which a domain is known: the default one has two.</summary>
    private static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    private Graph Read(GraphProto proto)
    {
        var infos = new Dictionary<string, ValueInfoProto>(StringComparer.Ordinal);
        foreach (var info in proto.ValueInfo.Concat(proto.Output)) infos[info.Name] = info;
        foreach (var input in proto.Input) _graph.AddInput(Define(input.Name, input));
        foreach (var initializer in proto.Initializer)
        {
            var tensor = _tensors.Read(initializer);
            var value = _graph.Find(initializer.Name) ?? _graph.Define(initializer.Name, tensor.Type, [.. tensor.Shape.ToArray().Select(Dimension.FromInt64)]);
            _graph.AddConstant(value, tensor);
        }

        foreach (var sparse in proto.SparseInitializer) Define(sparse.Values?.Name ?? "", infos.GetValueOrDefault(sparse.Values?.Name ?? ""));
        foreach (var node in proto.Node) Read(node, infos);
        foreach (var output in proto.Output) _graph.AddOutput(_graph.Find(output.Name) ?? throw Senseless($"The output '{output.Name}' of graph '{_graph.Name}' is made by no node"));
        proto.Input.Clear();
        proto.Output.Clear();
        proto.Initializer.Clear();
        proto.Node.Clear();
        proto.ValueInfo.Clear();
        _graph.Carried = proto;
        return _graph;
    }

    private void Read(NodeProto proto, Dictionary<string, ValueInfoProto> infos)
    {
        if (proto.OpType.Length == 0) throw Senseless($"Node '{proto.Name}' of graph '{_graph.Name}' has no operator");
        if (Domain(proto.Domain).Length == 0)
        {
            var least = NodeInputs.Least(proto.OpType, _graph.Opsets[""]);
            if (proto.Input.Take(least).Count(input => input.Length > 0) < least) throw Senseless($"Node '{proto.Name}' of graph '{_graph.Name}' lacks one of the {least} inputs that {proto.OpType} needs");
            if (proto.Output.Count == 0) throw Senseless($"Node '{proto.Name}' ({proto.OpType}) of graph '{_graph.Name}' makes nothing");
        }

        foreach (var input in proto.Input)
        {
            if (input.Length > 0 && !IsDefined(input)) throw Senseless($"Node '{proto.Name}' ({proto.OpType}) of graph '{_graph.Name}' takes '{input}', which nothing before it makes");
        }

        var attributes = new Dictionary<string, object>(proto.Attribute.Count, StringComparer.Ordinal);
        foreach (var attribute in proto.Attribute)
        {
            if (!attributes.TryAdd(attribute.Name, Attributes.Read(attribute, this))) throw Senseless($"Node '{proto.Name}' ({proto.OpType}) has two attributes '{attribute.Name}'");
        }

        foreach (var output in proto.Output) if (output.Length > 0) Define(output, infos.GetValueOrDefault(output));
        string[] inputs = [.. proto.Input];
        string[] outputs = [.. proto.Output];
        var (name, opType, domain) = (proto.Name, proto.OpType, Domain(proto.Domain));
        proto.Input.Clear();
        proto.Output.Clear();
        proto.Attribute.Clear();
        proto.ClearName();
        proto.ClearOpType();
        proto.ClearDomain();
        _graph.AddNode(new Node(name, opType, domain, inputs, outputs, attributes) { Carried = proto.CalculateSize() > 0 ? proto : null });
    }

    private bool IsDefined(string name) => _graph.Find(name) is not null || _outer?.IsDefined(name) == true;

    private Value Define(string name, ValueInfoProto? info)
    {
        if (name.Length == 0) throw Senseless($"A value of graph '{_graph.Name}' has no name");
        var (type, shape) = ValueTypes.Read(info?.Type);
        var value = _graph.Define(name, type, shape);
        value.Carried = ValueTypes.Beyond(info);
        return value;
    }

    private static ModelTrainingException Senseless(string what) => new("MT3110", $"{what}. The file is damaged: copy or export it anew.");
}
