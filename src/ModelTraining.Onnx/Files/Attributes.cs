using Google.Protobuf;
using ModelTraining.Onnx.Protobuf;
using Kind = ModelTraining.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace ModelTraining.Onnx;

/// <summary>The attributes of nodes, between their form in a file and that of a <see cref="Node"/>.</summary>
internal static class Attributes
{
    /// <summary>The value of an attribute; the message itself where a node has no word for it.</summary>
    public static object Read(AttributeProto attribute, GraphReader graph)
    {
        if (attribute.HasRefAttrName) return attribute;
        return KindOf(attribute) switch
        {
            Kind.Float => attribute.F,
            Kind.Int => attribute.I,
            Kind.String => TensorReader.Text(attribute.S) ?? (object)attribute,
            Kind.Tensor when attribute.T is { } tensor => graph.ReadTensor(tensor),
            Kind.Graph when attribute.G is { } inner => graph.ReadInner(inner),
            Kind.Floats => attribute.Floats.ToArray(),
            Kind.Ints => attribute.Ints.ToArray(),
            Kind.Strings => attribute.Strings.Select(TensorReader.Text).ToArray() is var texts && texts.Contains(null) ? attribute : texts,
            Kind.Tensors => attribute.Tensors.Select(graph.ReadTensor).ToArray(),
            Kind.Graphs => attribute.Graphs.Select(graph.ReadInner).ToArray(),
            _ => attribute,
        };
    }

    /// <exception cref="ModelTrainingException">MT3111: the value is of a type that no attribute has.</exception>
    public static AttributeProto Write(string name, object value) => value switch
    {
        long number => new() { Name = name, Type = Kind.Int, I = number },
        float number => new() { Name = name, Type = Kind.Float, F = number },
        string text => new() { Name = name, Type = Kind.String, S = ByteString.CopyFromUtf8(text) },
        Tensor tensor => new() { Name = name, Type = Kind.Tensor, T = GraphWriter.Write(tensor, "") },
        Graph inner => new() { Name = name, Type = Kind.Graph, G = GraphWriter.WriteInner(inner) },
        long[] numbers => new() { Name = name, Type = Kind.Ints, Ints = { numbers } },
        float[] numbers => new() { Name = name, Type = Kind.Floats, Floats = { numbers } },
        string[] texts => new() { Name = name, Type = Kind.Strings, Strings = { texts.Select(ByteString.CopyFromUtf8) } },
        Tensor[] tensors => new() { Name = name, Type = Kind.Tensors, Tensors = { tensors.Select(tensor => GraphWriter.Write(tensor, "")) } },
        Graph[] graphs => new() { Name = name, Type = Kind.Graphs, Graphs = { graphs.Select(GraphWriter.WriteInner) } },
        AttributeProto carried => carried,
        _ => throw new ModelTrainingException("MT3111", $"Attribute '{name}' is a {value.GetType().Name}. Give a long, int, float, string, Tensor or Graph, or an array of one of them."),
    };

    /// <summary>Files of the first two versions of the format do not say which of the fields is meant.</summary>
    private static Kind KindOf(AttributeProto attribute) => attribute switch
    {
        { Type: not Kind.Undefined } => attribute.Type,
        { HasF: true } => Kind.Float,
        { HasI: true } => Kind.Int,
        { HasS: true } => Kind.String,
        { T: not null } => Kind.Tensor,
        { G: not null } => Kind.Graph,
        { Floats.Count: > 0 } => Kind.Floats,
        { Ints.Count: > 0 } => Kind.Ints,
        { Strings.Count: > 0 } => Kind.Strings,
        _ => Kind.Undefined,
    };
}
