using Google.Protobuf;
using ModelTraining.Onnx;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Tests.NodeTests;

/// <summary>One of ONNX's own node tests: a model of an operator, inputs, and the outputs that it must give.</summary>
internal sealed class NodeTest
{
    private readonly List<TensorProto> _inputs;
    private readonly ModelProto _model;
    private readonly string _folder;

    public NodeTest(string folder)
    {
        _folder = folder;
        _model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "model.onnx")));
        _inputs = Read("input", _model.Graph.Input.Select(input => input.Name).ToList());
        Inputs = [.. _inputs.Select(tensor => (tensor.Name, Tensor(tensor)))];
        Outputs = [.. Read("output", _model.Graph.Output.Select(output => output.Name).ToList()).Select(tensor => (tensor.Name, Tensor(tensor)))];

        List<TensorProto> Read(string kind, List<string> names)
        {
            var tensors = new List<TensorProto>();
            for (var i = 0; File.Exists(Path.Combine(folder, "test_data_set_0", $"{kind}_{i}.pb")); i++)
            {
                var tensor = TensorProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(folder, "test_data_set_0", $"{kind}_{i}.pb")));
                tensor.Name = names[i];
                tensors.Add(tensor);
            }

            return tensors;
        }
    }

    public IReadOnlyList<(string Name, Tensor Tensor)> Inputs { get; }

    public IReadOnlyList<(string Name, Tensor Tensor)> Outputs { get; }

    public byte[] Bytes => _model.ToByteArray();

    /// <summary>The model in a newer operator set, in which its operators mean the same.</summary>
    public NodeTest Raised(int opset)
    {
        var raised = new NodeTest(_folder);
        foreach (var import in raised._model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx")) import.Version = Math.Max(import.Version, opset);
        return raised;
    }

    /// <summary>The model, in which inputs that are not float are constants, as they are in a network; and so are the scales of Resize.</summary>
    public byte[] BytesWithConstants()
    {
        var model = _model.Clone();
        foreach (var tensor in _inputs.Where(tensor => tensor.DataType != (int)ElementType.Float || tensor.Name == "scales"))
        {
            model.Graph.Input.Remove(model.Graph.Input.Single(input => input.Name == tensor.Name));
            model.Graph.Initializer.Add(tensor.Clone());
        }

        return model.ToByteArray();
    }

    private static Tensor Tensor(TensorProto proto) => new TensorReader(null).Read(proto.Clone());
}
