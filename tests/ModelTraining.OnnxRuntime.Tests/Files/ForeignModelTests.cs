using ModelTraining.Onnx;

namespace ModelTraining.Tests.Files;

/// <summary>Models that others exported, read and written again, give what they gave.</summary>
internal sealed class ForeignModelTests
{
    [TestCase("cifar10-cnn/cifar10-cnn.onnx")]
    [TestCase("digits04-cnn/digits04-cnn.onnx")]
    [TestCase("fastestdet/fastestdet.onnx")]
    [TestCase("iris/iris-mlp.onnx")]
    [TestCase("iris/iris-random-forest.onnx")]
    [TestCase("magika/magika.onnx")]
    [TestCase("mnist-12/mnist-12.onnx")]
    [TestCase("silero-vad/silero-vad-16k.onnx")]
    [TestCase("squeezenet1.1/squeezenet1.1.onnx")]
    [TestCase("squeezenet1.1/squeezenet1.1-fp16.onnx")]
    [TestCase("super-resolution/super-resolution.onnx")]
    [TestCase("tiny-encoder/tiny-encoder.onnx")]
    [TestCase("tiny-encoder/tiny-encoder-opset14.onnx")]
    public void Save_of_a_loaded_model_changes_no_output(string file)
    {
        var path = TestData.Shared($"models/{file}");
        var graph = OnnxFile.Load(path);
        var random = new SeededRandom(1);
        var inputs = graph.Inputs.Select(input => Sample(input, random)).ToArray();
        var before = GraphRun.All(File.ReadAllBytes(path), inputs);
        var after = GraphRun.All(OnnxFile.ToBytes(graph), inputs);
        Assert.That(before, Is.Not.Empty);
        Assert.That(after, Has.Count.EqualTo(before.Count));
        foreach (var (was, now) in before.Zip(after))
        {
            Assert.That(AreEqual(now.Elements, was.Elements), "every element is the same");
            Assert.That(now.Shape, Is.EqualTo(was.Shape));
        }
    }

    [Test]
    public void Save_of_a_loaded_model_keeps_every_message()
    {
        foreach (var path in Directory.GetFiles(TestData.Shared("models"), "*.onnx", SearchOption.AllDirectories))
        {
            var once = OnnxFile.ToBytes(OnnxFile.Load(path));
            Assert.That(OnnxFile.ToBytes(OnnxFile.Load(once)).AsSpan().SequenceEqual(once), path);
        }
    }

    /// <summary>Element by element an assertion takes seconds for the larger outputs.</summary>
    private static bool AreEqual(Array a, Array b) => a is float[] numbers ? numbers.AsSpan().SequenceEqual((float[])b) : a.Cast<object>().SequenceEqual(b.Cast<object>());

    private static (string, Array, long[]) Sample(Value input, SeededRandom random)
    {
        long[] shape = [.. input.Shape!.Select(dimension => dimension switch { { IsKnown: true } => dimension.Size, { Name: "sequence" } => input.Type == ElementType.Float ? 512 : 16, _ => 1 })];
        var count = (int)shape.Aggregate(1L, (product, size) => product * size);
        Array elements = input.Type switch
        {
            ElementType.Float => Fill(count, () => (float)random.NextNormal()),
            ElementType.Float16 => Fill(count, () => (Half)random.NextNormal()),
            ElementType.Int32 => Fill(count, () => random.Next(256)),
            ElementType.Int64 when shape.Length == 0 => new long[] { 16000 },
            ElementType.Int64 => Fill(count, () => (long)random.Next(2)),
            _ => throw new NotSupportedException(input.ToString()),
        };
        return (input.Name, elements, shape);
    }

    private static T[] Fill<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = next();
        return values;
    }
}
