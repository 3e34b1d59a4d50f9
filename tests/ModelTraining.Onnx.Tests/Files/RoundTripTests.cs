using Google.Protobuf;
using ModelTraining.Onnx;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Tests.Files;

internal sealed class RoundTripTests
{
    [Test]
    public void Load_of_what_was_saved_gives_the_same_graph()
    {
        var graph = SmallGraph.Build();
        var again = OnnxFile.Load(OnnxFile.ToBytes(graph));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Name, Is.EqualTo(graph.Name));
            Assert.That(again.Opsets, Is.EquivalentTo(graph.Opsets));
            Assert.That(again.Metadata, Is.EquivalentTo(graph.Metadata));
            Assert.That(again.Inputs.Select(value => value.ToString()), Is.EqualTo(graph.Inputs.Select(value => value.ToString())));
            Assert.That(again.Outputs.Select(value => value.ToString()), Is.EqualTo(graph.Outputs.Select(value => value.ToString())));
            Assert.That(again.Nodes.Select(node => node.ToString()), Is.EqualTo(graph.Nodes.Select(node => node.ToString())));
            Assert.That(again.Constants.Keys, Is.EqualTo(graph.Constants.Keys));
            foreach (var node in graph.Nodes.Where(node => node.Outputs[0].Length > 0)) Assert.That(again[node.Outputs[0]].ToString(), Is.EqualTo(graph[node.Outputs[0]].ToString()), "types of inner values");
            Assert.That(OnnxFile.ToBytes(again), Is.EqualTo(OnnxFile.ToBytes(graph)));
        }
    }

    [Test]
    public void Save_of_equal_graphs_gives_equal_bytes()
    {
        var first = OnnxFile.ToBytes(SmallGraph.Build());
        var second = OnnxFile.ToBytes(SmallGraph.Build());
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Save_gives_no_two_nodes_one_name()
    {
        var model = Models.Parse(OnnxFile.ToBytes(SmallGraph.Build()));
        (model.Graph.Node[0].Name, model.Graph.Node[1].Name) = ("Relu_0", "Relu_0_2");
        var graph = OnnxFile.Load(model.ToByteArray());
        graph.Output("more", graph["score"].Relu());
        var saved = Models.Parse(OnnxFile.ToBytes(graph)).Graph.Node.Select(node => node.Name).ToArray();
        Assert.That(saved[..2], Is.EqualTo(new[] { "Relu_0", "Relu_0_2" }));
        Assert.That(saved, Does.Contain("Relu_0_3").And.Unique);
    }

    [Test]
    public void Save_writes_version_producer_and_raw_weights()
    {
        var model = Models.Parse(OnnxFile.ToBytes(SmallGraph.Build()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(model.IrVersion, Is.EqualTo(8));
            Assert.That(model.ProducerName, Is.EqualTo("ModelTraining"));
            Assert.That(model.ProducerVersion, Does.Match(@"^\d+\.\d+\.\d+"));
            Assert.That(model.OpsetImport.Select(import => (import.Domain, import.Version)), Is.EquivalentTo(new[] { ("", 17L), ("ai.onnx.ml", 3L) }));
            Assert.That(model.Graph.Initializer.Single(tensor => tensor.Name == "weight").RawData.Length, Is.EqualTo(8));
            Assert.That(model.Graph.Initializer.Single(tensor => tensor.Name == "names").StringData.Select(text => text.ToStringUtf8()), Is.EqualTo(new[] { "ja", "", "Größe" }));
        }
    }

    [TestCase(ElementType.Float, 4)]
    [TestCase(ElementType.Double, 8)]
    [TestCase(ElementType.Int8, 1)]
    [TestCase(ElementType.Int16, 2)]
    [TestCase(ElementType.Int32, 4)]
    [TestCase(ElementType.Int64, 8)]
    [TestCase(ElementType.UInt8, 1)]
    [TestCase(ElementType.UInt16, 2)]
    [TestCase(ElementType.UInt32, 4)]
    [TestCase(ElementType.UInt64, 8)]
    [TestCase(ElementType.Float16, 2)]
    [TestCase(ElementType.BFloat16, 2)]
    [TestCase(ElementType.Complex64, 8)]
    [TestCase(ElementType.Complex128, 16)]
    [TestCase(ElementType.Float8E4M3FN, 1)]
    [TestCase(ElementType.Float8E5M2FNUZ, 1)]
    [TestCase(ElementType.Int4, 0.5)]
    [TestCase(ElementType.UInt4, 0.5)]
    [TestCase(ElementType.Float4E2M1, 0.5)]
    public void Tensor_of_any_type_keeps_its_bytes(ElementType type, double size)
    {
        var bytes = new byte[(int)Math.Ceiling(5 * size)];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(37 * i + 1);
        var graph = OnnxFile.Load(Models.With(Models.Tensor("w", type, bytes, 5)));
        Assert.That(graph.Constants["w"].Type, Is.EqualTo(type));
        Assert.That(graph.Constants["w"].Count, Is.EqualTo(5));
        Assert.That(Models.Parse(OnnxFile.ToBytes(graph)).Graph.Initializer[0].RawData.ToByteArray(), Is.EqualTo(bytes));
    }

    [Test]
    public void Tensor_of_booleans_has_no_byte_but_0_and_1()
    {
        var graph = OnnxFile.Load(Models.With(Models.Tensor("w", ElementType.Bool, [0, 1, 2, 255], 4)));
        Assert.That(Models.Parse(OnnxFile.ToBytes(graph)).Graph.Initializer[0].RawData.ToByteArray(), Is.EqualTo(new byte[] { 0, 1, 1, 1 }));
    }

    [Test]
    public void Tensor_in_typed_fields_is_read()
    {
        TensorProto[] tensors =
        [
            new() { Name = "float", DataType = 1, Dims = { 2 }, FloatData = { 1.5f, float.NaN } },
            new() { Name = "int64", DataType = 7, Dims = { 2 }, Int64Data = { -1, long.MaxValue } },
            new() { Name = "int8", DataType = 3, Dims = { 2 }, Int32Data = { -128, 127 } },
            new() { Name = "half", DataType = 10, Dims = { 1 }, Int32Data = { 0x3C00 } },
            new() { Name = "bool", DataType = 9, Dims = { 2 }, Int32Data = { 0, 1 } },
            new() { Name = "double", DataType = 11, Dims = { 1 }, DoubleData = { 0.1 } },
            new() { Name = "uint32", DataType = 12, Dims = { 1 }, Uint64Data = { uint.MaxValue } },
            new() { Name = "complex", DataType = 14, Dims = { 1 }, FloatData = { 1, 2 } },
            new() { Name = "int4", DataType = 22, Dims = { 3 }, Int32Data = { 0x21, 0x03 } },
        ];
        var constants = OnnxFile.Load(Models.With(tensors)).Constants;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(constants["float"].Elements<float>().ToArray(), Is.EqualTo(new[] { 1.5f, float.NaN }));
            Assert.That(constants["int64"].Elements<long>().ToArray(), Is.EqualTo(new[] { -1, long.MaxValue }));
            Assert.That(constants["int8"].Elements<sbyte>().ToArray(), Is.EqualTo(new sbyte[] { -128, 127 }));
            Assert.That(constants["half"].Elements<Half>()[0], Is.EqualTo((Half)1));
            Assert.That(constants["bool"].Elements<bool>().ToArray(), Is.EqualTo(new[] { false, true }));
            Assert.That(constants["double"].Elements<double>()[0], Is.EqualTo(0.1));
            Assert.That(constants["uint32"].Elements<uint>()[0], Is.EqualTo(uint.MaxValue));
            Assert.That(constants["complex"].Elements<byte>().Length, Is.EqualTo(8));
            Assert.That(constants["int4"].Elements<byte>().ToArray(), Is.EqualTo(new byte[] { 0x21, 3 }));
        }
    }

    [Test]
    public void Load_keeps_what_a_graph_has_no_word_for()
    {
        var model = Models.Parse(OnnxFile.ToBytes(SmallGraph.Build()));
        (model.ProducerName, model.DocString, model.ModelVersion, model.Graph.DocString) = ("pytorch", "documented", 7, "a graph");
        model.Functions.Add(new FunctionProto { Name = "Twice", Domain = "mine", Input = { "x" }, Output = { "y" }, OpsetImport = { new OperatorSetIdProto { Version = 17 } } });
        model.Graph.Node[0].DocString = "a node";
        model.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "of", Type = AttributeProto.Types.AttributeType.TypeProto, Tp = new TypeProto { Denotation = "odd" } });
        model.Graph.Input[0].DocString = "an input";
        model.Graph.Input.Add(new ValueInfoProto { Name = "maps", Type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = new TypeProto { MapType = new TypeProto.Types.Map { KeyType = 7 } } } } });
        model.Graph.QuantizationAnnotation.Add(new TensorAnnotation { TensorName = "weight" });
        var again = Models.Parse(OnnxFile.ToBytes(OnnxFile.Load(Models.Bytes(model))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.ProducerName, Is.EqualTo("pytorch"));
            Assert.That(again.Functions, Is.EqualTo(model.Functions));
            Assert.That(again.Graph.Node, Is.EqualTo(model.Graph.Node));
            Assert.That(again.Graph.Input, Is.EqualTo(model.Graph.Input));
            Assert.That(again, Is.EqualTo(model));
        }
    }

    [Test]
    public void Load_of_graphs_within_attributes_lets_them_use_values_around_them()
    {
        var bytes = Models.Bytes(Models.Branching());
        var graph = OnnxFile.Load(bytes);
        Assert.That(((Graph)graph.Nodes[0].Attributes["then_branch"]).Nodes[0].ToString(), Does.Contain("Neg(x)"));
        Assert.That(Models.Parse(OnnxFile.ToBytes(graph)), Is.EqualTo(Models.Branching()));
    }

    [Test]
    public void Save_replaces_the_file_at_once_and_leaves_nothing_aside()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.onnx");
        File.WriteAllText(path, "old");
        var broken = new Graph();
        broken.Add("Odd", [broken.Input("x", ElementType.Float)], ElementType.Float, attributes: [("wrong", new Version())]);
        Assert.That(() => OnnxFile.Save(broken, path), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3111"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        OnnxFile.Save(SmallGraph.Build(), path);
        Assert.That(OnnxFile.Load(path).Name, Is.EqualTo(SmallGraph.Build().Name));
        Assert.That(Directory.GetFiles(folder.Path), Is.EqualTo(new[] { path }));
    }

    [Test]
    public void Save_that_fails_leaves_nothing_aside()
    {
        using var folder = new TemporaryFolder();
        var taken = Directory.CreateDirectory(folder.File("model.onnx")).FullName;
        Assert.That(() => OnnxFile.Save(SmallGraph.Build(), taken), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT4205"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { taken }));
    }

    [Test]
    public void Save_into_a_folder_that_is_not_there_names_the_path()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<ModelTrainingException>(() => OnnxFile.Save(SmallGraph.Build(), Path.Combine(folder.Path, "none", "model.onnx")))!;
        Assert.That(problem.Id, Is.EqualTo("MT4205"));
        Assert.That(problem.Message, Does.Contain("model.onnx"));
    }

    [Test]
    public void Save_into_a_stream_leaves_it_open()
    {
        using var stream = new MemoryStream();
        OnnxFile.Save(SmallGraph.Build(), stream);
        stream.Position = 0;
        Assert.That(OnnxFile.Load(stream).Nodes, Has.Count.EqualTo(SmallGraph.Build().Nodes.Count));
    }

    [Test]
    public void Save_of_an_input_without_a_type_is_an_error()
    {
        var graph = new Graph();
        graph.Input("x", ElementType.Undefined);
        Assert.That(() => OnnxFile.ToBytes(graph), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3110"));
    }
}
