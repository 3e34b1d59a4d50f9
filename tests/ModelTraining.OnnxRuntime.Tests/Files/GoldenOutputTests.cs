using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Files;

/// <summary>
/// Models that others trained, read and written again, give the outputs that lie beside them, which were computed without ONNX Runtime. Two have none: fastestdet has no
/// such file, and the pictures of cifar10-cnn are not among the shared data.
/// </summary>
/// <param name="raised">Whether the graph is raised to the operator set of new graphs.</param>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class GoldenOutputTests(bool raised)
{
    [Test]
    public void Run_of_a_network_of_digits_gives_its_golden_outputs()
    {
        using var golden = Golden("digits04-cnn/golden.json");
        var input = golden.RootElement.GetProperty("input");
        var output = Run("digits04-cnn/digits04-cnn.onnx", ("image", Floats(input.GetProperty("data")), [8, 1, 8, 8]))["logits"];
        AssertClose(output, Floats(golden.RootElement.GetProperty("output").GetProperty("data")), 1e-4);
    }

    [TestCase("tiny-encoder.onnx")]
    [TestCase("tiny-encoder-opset14.onnx")]
    public void Run_of_a_network_of_texts_gives_its_golden_outputs(string file)
    {
        using var golden = Golden("tiny-encoder/golden.json");
        var (ids, mask) = (Rows<long>("input_ids", element => element.GetInt64()), Rows<long>("attention_mask", element => element.GetInt64()));
        var expected = Rows("logits", element => element.GetSingle());
        long[] shape = [expected.Length / 2, ids.Length / (expected.Length / 2)];
        AssertClose(Run($"tiny-encoder/{file}", ("input_ids", ids, shape), ("attention_mask", mask, shape))["logits"], expected, 1e-4);

        T[] Rows<T>(string name, Func<JsonElement, T> read) => [.. golden.RootElement.GetProperty(name).EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(read)];
    }

    [Test]
    public void Run_of_a_network_of_tables_gives_its_golden_outputs()
    {
        using var golden = Golden("iris/iris-mlp.golden.json");
        var lines = File.ReadAllLines(TestData.Shared("tabular/iris.csv"));
        foreach (var row in golden.RootElement.GetProperty("rows").EnumerateArray())
        {
            var features = lines[row.GetProperty("row").GetInt32() + 1].Split(',')[..4].Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            AssertClose(Run("iris/iris-mlp.onnx", ("input", features, [1, 4]))["output"], Floats(row.GetProperty("logits")), 1e-4);
        }
    }

    [Test]
    public void Run_of_a_network_of_handwriting_gives_its_golden_outputs()
    {
        using var golden = Golden("mnist-12/golden.json");
        using var packed = new GZipStream(File.OpenRead(TestData.Shared("images/mnist/t10k-images-idx3-ubyte.gz")), CompressionMode.Decompress);
        packed.ReadExactly(new byte[16]);
        foreach (var picture in golden.RootElement.GetProperty("first10").EnumerateArray())
        {
            var pixels = new byte[28 * 28];
            packed.ReadExactly(pixels);
            AssertClose(Run("mnist-12/mnist-12.onnx", ("Input3", Array.ConvertAll(pixels, pixel => (float)pixel), [1, 1, 28, 28]))["Plus214_Output_0"], Floats(picture.GetProperty("logits")), 1e-4);
        }
    }

    [TestCase("fish.png")]
    [TestCase("kitten.png")]
    public void Run_of_a_network_of_pictures_gives_its_golden_outputs(string file)
    {
        using var golden = Golden("squeezenet1.1/golden.json");
        var (pixels, width, height, channels) = PngPixels.Read(TestData.Shared($"models/squeezenet1.1/{file}"));
        var planes = new float[3 * width * height];
        for (var i = 0; i < width * height; i++) for (var colour = 0; colour < 3; colour++) planes[(colour * width * height) + i] = pixels[(i * channels) + 2 - colour];
        var actual = (float[])Run("squeezenet1.1/squeezenet1.1.onnx", ("data_0", planes, [1, 3, height, width]))["softmaxout_1"].Elements;
        foreach (var entry in golden.RootElement.GetProperty("top5").GetProperty(file).EnumerateArray())
        {
            Assert.That(actual[entry.GetProperty("class").GetInt32()], Is.EqualTo(entry.GetProperty("probability").GetDouble()).Within(1e-4));
        }
    }

    [Test]
    public void Run_of_a_network_that_magnifies_gives_its_golden_outputs()
    {
        using var golden = Golden("super-resolution/golden.json");
        var (pixels, width, height, _) = PngPixels.Read(TestData.Shared("models/super-resolution/input-224.png"));
        var (elements, shape) = Run("super-resolution/super-resolution.onnx", ("input", Array.ConvertAll(pixels, pixel => pixel / 255f), [1, 1, height, width]))["output"];
        var actual = (float[])elements;
        foreach (var sample in golden.RootElement.GetProperty("samples").EnumerateArray())
        {
            Assert.That(actual[(sample.GetProperty("y").GetInt32() * shape[3]) + sample.GetProperty("x").GetInt32()], Is.EqualTo(sample.GetProperty("value").GetDouble()).Within(1e-4));
        }

        Assert.That(actual.Average(element => (double)element), Is.EqualTo(golden.RootElement.GetProperty("mean").GetDouble()).Within(1e-4));
    }

    [Test]
    public void Run_of_a_network_of_file_types_gives_its_golden_outputs()
    {
        using var golden = Golden("magika/golden.json");
        var labels = File.ReadAllLines(TestData.Shared("models/magika/labels.txt"));
        foreach (var entry in golden.RootElement.GetProperty("files").EnumerateArray())
        {
            var path = TestData.Shared(entry.GetProperty("file").GetString()!);
            var actual = (float[])Run("magika/magika.onnx", ("bytes", Ends(File.ReadAllBytes(path)), [1, 2048]))["target_label"].Elements;
            var label = Array.IndexOf(labels, entry.GetProperty("label").GetString());
            Assert.That(actual[label], Is.EqualTo(entry.GetProperty("score").GetDouble()).Within(1e-4), path);
        }

        static int[] Ends(byte[] file)
        {
            var first = file.Take(4096).SkipWhile(IsSpace).Take(1024).Select(value => (int)value).ToArray();
            var last = file.TakeLast(4096).Reverse().SkipWhile(IsSpace).Take(1024).Reverse().Select(value => (int)value).ToArray();
            return [.. first, .. Enumerable.Repeat(256, 2048 - first.Length - last.Length), .. last];
        }

        static bool IsSpace(byte value) => value is 32 or (>= 9 and <= 13);
    }

    [Test]
    public void Run_of_a_network_of_speech_gives_its_golden_outputs()
    {
        using var golden = Golden("silero-vad/golden.json");
        var expected = Floats(golden.RootElement.GetProperty("speechProbability"));
        var samples = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(TestData.Shared("models/silero-vad/speech-16k.wav")).AsSpan(44)).ToArray();
        using var session = new Gradients.GraphSession(Load("silero-vad/silero-vad-16k.onnx"));
        var state = new float[2 * 128];
        for (var i = 0; i < expected.Length; i++)
        {
            var window = Enumerable.Range((i * 512) - 64, 576).Select(at => at < 0 ? 0 : samples[at] / 32768f).ToArray();
            var results = session.RunAny([("input", window, [1, 576]), ("state", state, [2, 1, 128]), ("sr", new long[] { 16000 }, [])]);
            state = (float[])results["stateN"].Elements;
            Assert.That(((float[])results["output"].Elements)[0], Is.EqualTo(expected[i]).Within(1e-4), $"window {i}");
        }
    }

    private Dictionary<string, (Array Elements, long[] Shape)> Run(string file, params (string Name, Array Elements, long[] Shape)[] inputs)
    {
        using var session = new Gradients.GraphSession(Load(file));
        return session.RunAny(inputs);
    }

    private Graph Load(string file)
    {
        var graph = OnnxFile.Load(TestData.Shared($"models/{file}"));
        if (!raised) return graph;
        ShapeInference.Infer(graph);
        return OpsetUpgrade.Of(graph, file);
    }

    private static JsonDocument Golden(string file) => JsonDocument.Parse(File.ReadAllBytes(TestData.Shared($"models/{file}")));

    private static float[] Floats(JsonElement elements) => [.. elements.EnumerateArray().Select(element => element.GetSingle())];

    private static void AssertClose((Array Elements, long[] Shape) actual, float[] expected, double tolerance)
    {
        var scale = Math.Max(1, expected.Max(Math.Abs));
        Assert.That((float[])actual.Elements, Is.EqualTo(expected).Within((float)(tolerance * scale)));
    }
}
