using System.Reflection;
using Google.Protobuf;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Onnx;

/// <summary>Makes the messages of a file of a <see cref="Graph"/>.</summary>
internal static class GraphWriter
{
    private const string Producer = "ModelTraining";

    private static readonly string ProducerVersion =
        typeof(GraphWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <exception cref="ModelTrainingException">MT3110: an input has no type. MT3111: an attribute is of no type that there is.</exception>
    public static ModelProto Write(Graph graph)
    {
        var carried = graph.Carried as ModelProto;
        var model = carried?.Clone() ?? new ModelProto { ProducerName = Producer, ProducerVersion = ProducerVersion };
        model.IrVersion = Math.Max(model.IrVersion, IrVersions.For(graph.Opsets[""]));
        foreach (var (domain, version) in graph.Opsets) model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
        foreach (var (key, value) in graph.Metadata) model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        model.Graph ??= new GraphProto();
        Write(graph, model.Graph);
        foreach (var input in model.Graph.Input)
        {
            if (input.Type is null) throw new ModelTrainingException("MT3110", $"Input '{input.Name}' of graph '{graph.Name}' has no type. Say it where the input is added.");
        }

        return model;
    }

    /// <summary>A graph inside an attribute.</summary>
    public static GraphProto WriteInner(Graph graph)
    {
        var proto = (graph.Carried as GraphProto)?.Clone() ?? new GraphProto();
        Write(graph, proto);
        return proto;
    }

    /// <summary>A tensor, its numbers as they lie in memory.</summary>
    public static TensorProto Write(Tensor tensor, string name)
    {
        var proto = new TensorProto { Name = name, DataType = (int)tensor.Type };
        foreach (var size in tensor.Shape) proto.Dims.Add(size);
        if (tensor.Type == ElementType.String)
        {
            foreach (var text in tensor.Elements<string>()) proto.StringData.Add(ByteString.CopyFromUtf8(text));
        }
        else
        {
            proto.RawData = UnsafeByteOperations.UnsafeWrap(new ArrayBytes(tensor.Array, checked((int)ElementTypes.ByteCount(tensor.Type, tensor.Count))).Memory);
        }

        return proto;
    }

    private static void Write(Graph graph, GraphProto proto)
    {
        proto.Name = graph.Name;
        foreach (var input in graph.Inputs) proto.Input.Add(ValueTypes.Write(input));
        foreach (var output in graph.Outputs) proto.Output.Add(ValueTypes.Write(output));
        foreach (var (name, tensor) in graph.Constants) proto.Initializer.Add(Write(tensor, name));
        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            proto.Node.Add(Write(node, Unused(node.Name, taken)));
            foreach (var name in node.Outputs)
            {
                if (name.Length > 0 && !outputs.Contains(name) && graph[name] is var value && (value.Type != ElementType.Undefined || value.Carried is not null)) proto.ValueInfo.Add(ValueTypes.Write(value));
            }
        }
    }

    /// <summary>Two nodes of one name are no valid model: a node that was added to a loaded graph can have the name of one that a file brought.</summary>
    private static string Unused(string name, HashSet<string> taken)
    {
        if (name.Length == 0 || taken.Add(name)) return name;
        var number = 2;
        while (!taken.Add($"{name}_{number}")) number++;
        return $"{name}_{number}";
    }

    private static NodeProto Write(Node node, string name)
    {
        var proto = (node.Carried as NodeProto)?.Clone() ?? new NodeProto();
        (proto.Name, proto.OpType) = (name, node.OpType);
        if (node.Domain.Length > 0) proto.Domain = node.Domain;
        proto.Input.Add(node.Inputs);
        proto.Output.Add(node.Outputs);
        foreach (var (attribute, value) in node.Attributes) proto.Attribute.Add(Attributes.Write(attribute, value));
        return proto;
    }
}
