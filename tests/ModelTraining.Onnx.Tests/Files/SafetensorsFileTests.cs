using System.Buffers.Binary;
using System.Text;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Files;

public class SafetensorsFileTests
{
    private static readonly Dictionary<string, Tensor> Tensors = new()
    {
        ["encoder.weight"] = Tensor.Of([1.5f, -2, float.NaN, 4, 5, 6], 2, 3),
        ["steps"] = Tensor.Of([long.MaxValue]),
        ["half"] = Tensor.Of([(Half)0.5, (Half)(-1)], 2),
        ["flags"] = Tensor.Of([true, false, true], 3),
        ["empty"] = Tensor.Of(Array.Empty<float>(), 0, 4),
    };

    [Test]
    public void Load_gives_what_Save_was_given()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("model.safetensors");
        SafetensorsFile.Save(path, Tensors, new Dictionary<string, string> { ["format"] = "pt" });
        var loaded = SafetensorsFile.Load(path, out var metadata);
        Assert.That(metadata, Is.EqualTo(new Dictionary<string, string> { ["format"] = "pt" }));
        Assert.That(loaded.Keys, Is.EquivalentTo(Tensors.Keys));
        Assert.That(loaded["encoder.weight"].Elements<float>().ToArray(), Is.EqualTo(new[] { 1.5f, -2, float.NaN, 4, 5, 6 }));
        Assert.That(loaded["encoder.weight"].Shape.ToArray(), Is.EqualTo(new long[] { 2, 3 }));
        Assert.That(loaded["steps"].Elements<long>().ToArray(), Is.EqualTo(new[] { long.MaxValue }));
        Assert.That(loaded["steps"].Shape.Length, Is.Zero);
        Assert.That(loaded["half"].Elements<Half>().ToArray(), Is.EqualTo(new[] { (Half)0.5, (Half)(-1) }));
        Assert.That(loaded["flags"].Elements<bool>().ToArray(), Is.EqualTo(new[] { true, false, true }));
        Assert.That(loaded["empty"].Shape.ToArray(), Is.EqualTo(new long[] { 0, 4 }));
    }

    [Test]
    public void Save_writes_the_format_byte_by_byte()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("one.safetensors");
        SafetensorsFile.Save(path, new Dictionary<string, Tensor> { ["a"] = Tensor.Of([1f, 2f], 2) });
        var bytes = File.ReadAllBytes(path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.That(length % 8, Is.Zero, "elements are aligned");
        Assert.That(Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(), Is.EqualTo("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"""));
        Assert.That(BitConverter.ToSingle(bytes, 8 + length + 4), Is.EqualTo(2));
    }

    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "holds 7 bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "holds 12 bytes")]
    [TestCase("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "where its shape takes 12")]
    [TestCase("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "negative or too large")]
    [TestCase("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "negative or too large")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "makes no sense")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""", 16, "a gap or an overlap in front of 'a'")]
    [TestCase("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "a gap or an overlap in front of 'b'")]
    [TestCase("""{"a":{"dtype":"Q7","shape":[2],"data_offsets":[0,8]}}""", 8, "'Q7', which is not known")]
    [TestCase("""{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}""", 2, "neither 0 nor 1")]
    [TestCase("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "header that can't be read")]
    [TestCase("""{"a":7}""", 8, "header that can't be read")]
    [TestCase("""["a"]""", 8, "no JSON object")]
    [TestCase("{ ", 8, "header that can't be read")]
    public void Load_refuses_what_is_damaged_and_says_what_is(string header, int bytes, string said)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. Enumerable.Repeat((byte)7, bytes)]);
        var error = Assert.Throws<ModelTrainingException>(() => SafetensorsFile.Load(path))!;
        Assert.That(error.Problems[0].Id, Is.EqualTo("MT4221"));
        Assert.That(error.Message, Does.Contain(said));
        Assert.That(error.Message, Does.Contain(path));
    }

    [TestCase(0L)]
    [TestCase(long.MaxValue)]
    [TestCase(-1L)]
    [TestCase(1000L)]
    public void Load_takes_no_memory_for_a_header_that_is_not_there(long length)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("bad.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes(length), (byte)'{', (byte)'}']);
        Assert.That(() => SafetensorsFile.Load(path), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("its header has"));
    }

    [Test]
    public void Save_says_what_the_format_has_no_word_for()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => SafetensorsFile.Save(folder.File("a.safetensors"), new Dictionary<string, Tensor> { ["names"] = Tensor.Of(["a"], 1) }),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("'names' is String"));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public void LoadWeights_fills_constants_by_name_and_reports_the_rest()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 2);
        var weight = graph.Constant(Tensor.Of([0f, 0, 0, 0], 2, 2), "layer.weight");
        var bias = graph.Constant(Tensor.Of([0f, 0], 2), "layer.bias");
        var scale = graph.Constant(Tensor.Of([1f, 1], 2), "scale");
        graph.Output("y", x.Gemm(weight, bias) * scale);
        var report = graph.LoadWeights(
            new Dictionary<string, Tensor> { ["model.layer.weight"] = Tensor.Of([(Half)1, (Half)2, (Half)3, (Half)4], 2, 2), ["model.layer.bias"] = Tensor.Of([1f, 2, 3], 3), ["model.head"] = Tensor.Of([1f], 1) },
            name => name["model.".Length..]);
        Assert.That(graph.Constants["layer.weight"].Elements<float>().ToArray(), Is.EqualTo(new float[] { 1, 2, 3, 4 }));
        Assert.That(report.Loaded, Is.EqualTo(new[] { "layer.weight" }));
        Assert.That(report.Missing, Is.EqualTo(new[] { "layer.bias", "scale" }));
        Assert.That(report.Unexpected, Is.EqualTo(new[] { "model.head" }));
        Assert.That(report.Misfits, Is.EqualTo(new[] { "model.layer.bias is [3], not [2]" }));
        Assert.That(report.IsComplete, Is.False);
        Assert.That(report.ToString(), Does.Contain("2 missing: layer.bias, scale"));
    }
}
