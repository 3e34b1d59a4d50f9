using Google.Protobuf;
using ModelTraining.Onnx;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Tests.Files;

/// <summary>Models as files have them, right and wrong.</summary>
internal static class Models
{
    public static byte[] Bytes(ModelProto model) => model.ToByteArray();

    public static ModelProto Parse(byte[] bytes) => ModelProto.Parser.ParseFrom(bytes);

    /// <summary>A model that has only constants.</summary>
    public static byte[] With(params TensorProto[] tensors) => Bytes(Of(new GraphProto { Name = "constants", Initializer = { tensors } }));

    /// <summary>A model of a graph.</summary>
    public static ModelProto Of(GraphProto graph) => new() { IrVersion = 8, OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } }, Graph = graph };

    public static TensorProto Tensor(string name, ElementType type, byte[] bytes, params long[] shape) =>
        new() { Name = name, DataType = (int)type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) };

    public static NodeProto Node(string opType, string[] inputs, string output, params AttributeProto[] attributes) =>
        new() { Name = output, OpType = opType, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    public static ValueInfoProto Float(string name) => new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } };

    /// <summary>A model with an If whose branches use a value from outside.</summary>
    public static ModelProto Branching() => Of(new GraphProto
    {
        Name = "branching",
        Input = { Float("x"), new ValueInfoProto { Name = "condition", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 9 } } } },
        Output = { Float("y") },
        Node = { Node("If", ["condition"], "y", Branch("then_branch", "Neg"), Branch("else_branch", "Abs")) },
    });

    private static AttributeProto Branch(string name, string opType) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Graph,
        G = new GraphProto { Name = name, Node = { Node(opType, ["x"], $"{name}_result") }, Output = { Float($"{name}_result") } },
    };
}
