using Google.Protobuf;
using ModelTraining.Onnx;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Tests.Files;

internal sealed class HostileFileTests
{
    private static readonly byte[] Model = [.. OnnxFile.ToBytes(SmallGraph.Build())];

    [Test]
    public void Load_of_a_file_cut_off_anywhere_is_an_error_or_a_smaller_graph()
    {
        var errors = 0;
        for (var length = 0; length < Model.Length; length++) errors += LoadOrExplain(Model[..length]) is null ? 1 : 0;

        // A cut between two fields leaves a file that only lacks what came after: it may still be a graph.
        Assert.That(errors, Is.GreaterThan(Model.Length * 9 / 10));
    }

    [Test]
    public void Load_of_a_file_with_flipped_bits_takes_no_memory_and_throws_nothing_unexpected([Range(0, 9)] int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 300; round++)
        {
            byte[] bytes = [.. Model];
            for (var flips = random.Next(8); flips >= 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            LoadOrExplain(bytes);
        }

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 300, Is.LessThan(512 * 1024), "bytes a file");
    }

    [Test]
    public void Load_of_random_bytes_is_an_error([Range(0, 4)] int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var bytes = new byte[4096];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)random.Next(256);
        Assert.That(LoadOrExplain(bytes), Is.Null);
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        static TestCaseData Case(string id, string says, byte[] model) => new TestCaseData(id, says, model).SetArgDisplayNames(id, says);
        var floats = new byte[8];
        yield return Case("MT4200", "no graph", []);
        yield return Case("MT4200", "no graph", Models.Bytes(new ModelProto { IrVersion = 8 }));
        yield return Case("MT4200", "no ONNX model", "PK\u0003\u0004 a zip"u8.ToArray());
        yield return Case("MT4201", "'w' of shape [3] holds 8 bytes, not 12", Models.With(Models.Tensor("w", ElementType.Float, floats, 3)));
        yield return Case("MT4201", "'w' of shape [1099511627776, 1099511627776]", Models.With(Models.Tensor("w", ElementType.Float, floats, 1L << 40, 1L << 40)));
        yield return Case("MT4201", "more than", Models.With(Models.Tensor("w", ElementType.Float, floats, long.MaxValue)));
        yield return Case("MT4201", "would take", Models.With(Models.Tensor("w", ElementType.Complex128, floats, 1L << 30)));
        yield return Case("MT4201", "holds 0 elements", Models.With(new TensorProto { Name = "w", DataType = 1, Dims = { 1L << 28 } }));
        yield return Case("MT4201", "holds 0 texts", Models.With(new TensorProto { Name = "w", DataType = 8, Dims = { 1L << 30 } }));
        yield return Case("MT4201", "negative size", Models.With(Models.Tensor("w", ElementType.Float, floats, -1, -2)));
        yield return Case("MT4201", "which its type does not hold", Models.With(new TensorProto { Name = "w", DataType = 3, Dims = { 1 }, Int32Data = { 200 } }));
        yield return Case("MT4201", "not UTF-8", Models.With(new TensorProto { Name = "w", DataType = 8, Dims = { 1 }, StringData = { ByteString.CopyFrom(0xC3, 0x28) } }));
        yield return Case("MT4201", "part of a larger one", Models.With(new TensorProto { Name = "w", DataType = 1, Segment = new TensorProto.Types.Segment() }));
        yield return Case("MT3110", "lacks one of the 2 inputs that Conv needs", Graph(new GraphProto { Name = "g", Input = { Models.Float("x") }, Node = { Models.Node("Conv", ["x"], "y") } }));
        yield return Case("MT3110", "lacks one of the 3 inputs that Where needs", Graph(new GraphProto { Name = "g", Input = { Models.Float("x") }, Node = { Models.Node("Where", ["x", "", "x"], "y") } }));
        yield return Case("MT3110", "(Relu) of graph 'g' makes nothing", Graph(new GraphProto { Name = "g", Input = { Models.Float("x") }, Node = { new NodeProto { OpType = "Relu", Input = { "x" } } } }));
        yield return Case("MT4202", "element type 99", Models.With(new TensorProto { Name = "w", DataType = 99 }));
        yield return Case("MT4203", "in another file", Models.With(External("w", ("location", "weights.bin"))));
        yield return Case("MT3002", "already has a value 'w'", Graph(new GraphProto { Input = { Models.Float("w"), Models.Float("w") } }));
        yield return Case("MT3002", "already has a constant 'w'", Models.With(Models.Tensor("w", ElementType.Float, floats, 2), Models.Tensor("w", ElementType.Float, floats, 2)));
        yield return Case("MT3110", "takes 'x', which nothing before it makes", Graph(new GraphProto { Node = { Models.Node("Neg", ["x"], "y") } }));
        yield return Case("MT3110", "'y' of graph '' is made by no node", Graph(new GraphProto { Output = { Models.Float("y") } }));
        yield return Case("MT3110", "has no operator", Graph(new GraphProto { Node = { new NodeProto() } }));
        yield return Case("MT3110", "two attributes 'a'", Graph(new GraphProto { Node = { Models.Node("Neg", [], "y", new AttributeProto { Name = "a" }, new AttributeProto { Name = "a" }) } }));
        yield return Case("MT3110", "has no name", Graph(new GraphProto { Input = { new ValueInfoProto() } }));
        yield return Case("MT3110", "the version -1", Models.Bytes(new ModelProto { IrVersion = 8, Graph = new GraphProto(), OpsetImport = { new OperatorSetIdProto { Version = -1 } } }));
        yield return Case("MT4200", "cut off", Graph(Nested(200)));
    }

    [TestCaseSource(nameof(Wrong))]
    public void Load_says_what_is_wrong(string id, string says, byte[] model)
    {
        var problem = Assert.Throws<ModelTrainingException>(() => OnnxFile.Load(model))!;
        Assert.That(problem.Id, Is.EqualTo(id));
        Assert.That(problem.Message, Does.Contain(says));
        Assert.That(problem.Place, Is.EqualTo("the bytes"));
    }

    [Test]
    public void Load_of_a_file_names_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("broken.onnx");
        File.WriteAllBytes(path, Models.With(Models.Tensor("w", ElementType.Float, new byte[8], 3)));
        Assert.That(() => OnnxFile.Load(path), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("broken.onnx").And.Message.Contains("'w'"));
        Assert.That(() => OnnxFile.Load(folder.File("none.onnx")), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT4206"));
        Assert.That(() => OnnxFile.Load(folder.Path), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT4206"));
    }

    [Test]
    public void Load_reads_weights_beside_the_model()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("sub"));
        File.WriteAllBytes(folder.File("sub/weights.bin"), [9, 9, 9, 9, 0, 0, 128, 63, 0, 0, 0, 64]);
        File.WriteAllBytes(folder.File("model.onnx"), Models.With(External("w", ("location", "sub/weights.bin"), ("offset", "4"), ("length", "8"))));
        Assert.That(OnnxFile.Load(folder.File("model.onnx")).Constants["w"].Elements<float>().ToArray(), Is.EqualTo(new[] { 1f, 2f }));
    }

    [TestCase("../secret.bin")]
    [TestCase("sub/../../secret.bin")]
    [TestCase("sub\\..\\..\\secret.bin")]
    [TestCase("/etc/hostname")]
    [TestCase("C:\\secret.bin")]
    [TestCase("link.bin")]
    [TestCase("linked/secret.bin")]
    [TestCase("none.bin")]
    [TestCase("short.bin")]
    [TestCase("")]
    public void Load_reads_no_weights_from_elsewhere(string location)
    {
        using var folder = new TemporaryFolder();
        var home = Directory.CreateDirectory(folder.File("home")).FullName;
        File.WriteAllBytes(folder.File("secret.bin"), new byte[64]);
        File.WriteAllBytes(Path.Combine(home, "short.bin"), new byte[7]);
        File.CreateSymbolicLink(Path.Combine(home, "link.bin"), folder.File("secret.bin"));
        Directory.CreateSymbolicLink(Path.Combine(home, "linked"), folder.Path);
        var path = Path.Combine(home, "model.onnx");
        File.WriteAllBytes(path, Models.With(External("w", ("location", location))));
        var problem = Assert.Throws<ModelTrainingException>(() => OnnxFile.Load(path))!;
        Assert.That(problem.Id, Is.EqualTo("MT4203"));
        Assert.That(problem.Message, Does.Contain("'w'"));
    }

    [TestCase("offset", "-4")]
    [TestCase("offset", "9223372036854775807")]
    [TestCase("offset", "many")]
    [TestCase("length", "4")]
    public void Load_checks_where_weights_are_said_to_lie(string key, string value)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("weights.bin"), new byte[64]);
        File.WriteAllBytes(folder.File("model.onnx"), Models.With(External("w", ("location", "weights.bin"), (key, value))));
        Assert.That(() => OnnxFile.Load(folder.File("model.onnx")), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT4203"));
    }

    private static Graph? LoadOrExplain(byte[] bytes)
    {
        try
        {
            return OnnxFile.Load(bytes);
        }
        catch (ModelTrainingException problem)
        {
            Assert.That(problem.Place, Is.Not.Null);
            return null;
        }
    }

    private static byte[] Graph(GraphProto graph) => Models.Bytes(Models.Of(graph));

    private static GraphProto Nested(int depth)
    {
        var graph = new GraphProto();
        for (var i = 0; i < depth; i++)
        {
            graph = new GraphProto { Node = { Models.Node("If", [], "y", new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.AttributeType.Graph, G = graph }) } };
        }

        return graph;
    }

    private static TensorProto External(string name, params (string Key, string Value)[] entries) => new()
    {
        Name = name,
        DataType = 1,
        Dims = { 2 },
        DataLocation = TensorProto.Types.DataLocation.External,
        ExternalData = { entries.Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }) },
    };
}
