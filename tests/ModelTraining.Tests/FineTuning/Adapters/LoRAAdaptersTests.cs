using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning.Adapters;

internal sealed class LoRAAdaptersTests
{
    private const string Tensors = "adapter_model.safetensors";
    private const string Config = "adapter_config.json";

    [Test]
    public async Task Save_writes_what_PEFT_reads_and_merging_it_gives_the_trained_weights()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 2, BatchSize = 16, LearningRate = 0.02, LoRA = new LoRAOptions { Rank = 2, Alpha = 6 } }).RunAsync();
        var adapters = ((NetworkModel)run.Model).Adapters!;
        adapters.Save(folder.File("adapters"));

        Assert.That(adapters.Layers, Is.EqualTo(new[] { "first", "second" }));
        var tensors = SafetensorsFile.Load(Path.Combine(folder.File("adapters"), Tensors));
        Assert.That(tensors.Select(pair => $"{pair.Key} [{string.Join(", ", pair.Value.Shape.ToArray())}]"), Is.EquivalentTo(new[]
        {
            "base_model.model.first.lora_A.weight [2, 4]", "base_model.model.first.lora_B.weight [6, 2]", "base_model.model.second.lora_A.weight [2, 6]", "base_model.model.second.lora_B.weight [4, 2]",
        }));
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.File("adapters"), Config)));
        Assert.That(config.RootElement.GetProperty("peft_type").GetString(), Is.EqualTo("LORA"));
        Assert.That((config.RootElement.GetProperty("r").GetInt32(), config.RootElement.GetProperty("lora_alpha").GetDouble()), Is.EqualTo((2, 6.0)));
        Assert.That(config.RootElement.GetProperty("target_modules").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "first", "second" }));

        var graph = OnnxFile.Load(path);
        var report = LoRAAdapters.Load(folder.File("adapters")).MergeInto(graph);
        Assert.That(report.Loaded, Is.EqualTo(new[] { "first.weight", "second.weight" }));
        Assert.That(report.IsComplete, Is.True);
        foreach (var name in report.Loaded) Assert.That(graph.Constants[name].Elements<float>().ToArray(), Is.EqualTo(PretrainedFiles.Elements(run, name)), name);
    }

    /// <summary>What PEFT 0.x writes: half precision, a scale by root, an alpha of its own, layers that are called by the nodes' paths; by its own formula, W + scale · B·A.</summary>
    [Test]
    public void MergeInto_of_a_folder_of_PEFT_adds_what_its_formula_says()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("exported");
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 3);
        graph.Constant(PretrainedFiles.Weight("a", 3, 2), "onnx::MatMul_7");
        graph.Define("/encoder/query/MatMul_output_0", ElementType.Float, [Dimension.Batch, 2]);
        graph.AddNode(new Node("/encoder/query/MatMul", "MatMul", "", ["x", "onnx::MatMul_7"], ["/encoder/query/MatMul_output_0"], new Dictionary<string, object>()));
        var image = graph["/encoder/query/MatMul_output_0"].Reshape(-1, 2, 1, 1);
        var convolution = graph.Constant(PretrainedFiles.Weight("conv", 3, 2, 2, 2), "conv.weight");
        graph.Output("y", graph.Add("Conv", [image, convolution], ElementType.Float, null, [("pads", new long[] { 1, 1, 1, 1 })]));
        float[] Elements(int count, double start) => [.. Enumerable.Range(0, count).Select(i => (float)(Half)Math.Sin(start + i))];
        Tensor Halves(float[] elements, params long[] shape) => Tensor.Of(Array.ConvertAll(elements, element => (Half)element), shape);
        var (a, b, down, up) = (Elements(4 * 3, 1), Elements(2 * 4, 2), Elements(4 * 2 * 2 * 2, 3), Elements(3 * 4, 4));
        Directory.CreateDirectory(folder.File("peft"));
        SafetensorsFile.Save(Path.Combine(folder.File("peft"), Tensors), new Dictionary<string, Tensor>
        {
            ["base_model.model.wrapped.encoder.query.lora_A.weight"] = Halves(a, 4, 3),
            ["base_model.model.wrapped.encoder.query.lora_B.weight"] = Halves(b, 2, 4),
            ["base_model.model.conv.lora_A.default.weight"] = Halves(down, 4, 2, 2, 2),
            ["base_model.model.conv.lora_B.default.weight"] = Halves(up, 3, 4, 1, 1),
            ["base_model.model.absent.lora_A.weight"] = Halves(a, 4, 3),
            ["base_model.model.absent.lora_B.weight"] = Halves(b, 2, 4),
        });
        File.WriteAllText(Path.Combine(folder.File("peft"), Config), """{"peft_type":"LORA","r":4,"lora_alpha":8,"use_rslora":true,"alpha_pattern":{"conv":2},"target_modules":["query"],"fan_in_fan_out":false}""");

        var (dense, kernels) = (graph.Constants["onnx::MatMul_7"].Elements<float>().ToArray(), convolution.Graph.Constants["conv.weight"].Elements<float>().ToArray());
        var report = LoRAAdapters.Load(folder.File("peft")).MergeInto(graph);

        Assert.That(report.Loaded, Is.EquivalentTo(new[] { "onnx::MatMul_7", "conv.weight" }));
        Assert.That(report.Unexpected, Is.EqualTo(new[] { "absent" }));
        var merged = graph.Constants["onnx::MatMul_7"].Elements<float>().ToArray();
        for (var input = 0; input < 3; input++)
        {
            for (var output = 0; output < 2; output++)
            {
                var sum = Enumerable.Range(0, 4).Sum(r => (double)b[(output * 4) + r] * a[(r * 3) + input]);
                Assert.That(merged[(input * 2) + output], Is.EqualTo(dense[(input * 2) + output] + (8 / Math.Sqrt(4) * sum)).Within(1e-5));
            }
        }

        var mergedKernels = graph.Constants["conv.weight"].Elements<float>().ToArray();
        for (var filter = 0; filter < 3; filter++)
        {
            for (var i = 0; i < 8; i++)
            {
                var sum = Enumerable.Range(0, 4).Sum(r => (double)up[(filter * 4) + r] * down[(r * 8) + i]);
                Assert.That(mergedKernels[(filter * 8) + i], Is.EqualTo(kernels[(filter * 8) + i] + (2 / Math.Sqrt(4) * sum)).Within(1e-5));
            }
        }
    }

    [Test]
    public void MergeInto_of_other_sizes_changes_nothing_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var graph = OnnxFile.Load(PretrainedFiles.Dense(folder));
        Write(folder, new Dictionary<string, Tensor> { ["first.lora_A.weight"] = Tensor.Of(new float[10], 2, 5), ["first.lora_B.weight"] = Tensor.Of(new float[12], 6, 2) });
        var report = LoRAAdapters.Load(folder.Path).MergeInto(graph);
        Assert.That(report.Misfits, Is.EqualTo(new[] { "first is of 5 inputs and 6 outputs, not 4 and 6" }));
        Assert.That(report.Loaded, Is.Empty);
    }

    [TestCase("""{"peft_type":"IA3","lora_alpha":8}""", "MT3087", "IA3")]
    [TestCase("""{"peft_type":"LORA","lora_alpha":8,"use_dora":true}""", "MT3087", "use_dora")]
    [TestCase("""{"peft_type":"LORA"}""", "MT3087", "adapter_config.json")]
    [TestCase("""{"peft_type":"LORA","lora_alpha":"x"}""", "MT3087", "adapter_config.json")]
    [TestCase("{", "MT3087", "adapter_config.json")]
    public void Load_of_a_configuration_that_can_not_be_merged_says_why(string config, string id, string what)
    {
        using var folder = new TemporaryFolder();
        Write(folder, new Dictionary<string, Tensor> { ["a.lora_A.weight"] = Tensor.Of(new float[2], 1, 2), ["a.lora_B.weight"] = Tensor.Of(new float[2], 2, 1) }, config);
        Assert.That(() => LoRAAdapters.Load(folder.Path), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo(id).And.Message.Contains(what));
    }

    [Test]
    public void Load_of_tensors_that_contradict_each_other_says_which()
    {
        using var folder = new TemporaryFolder();
        Write(folder, new Dictionary<string, Tensor> { ["a.lora_A.weight"] = Tensor.Of(new float[2], 1, 2), ["a.lora_B.weight"] = Tensor.Of(new float[4], 2, 2) });
        Assert.That(() => LoRAAdapters.Load(folder.Path), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3088").And.Message.Contains("'a' has A of [1, 2] and B of [2, 2]"));
        Write(folder, new Dictionary<string, Tensor> { ["a.lora_A.weight"] = Tensor.Of(new float[2], 1, 2) });
        Assert.That(() => LoRAAdapters.Load(folder.Path), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3088").And.Message.Contains("B of nothing"));
        Write(folder, new Dictionary<string, Tensor> { ["a.weight"] = Tensor.Of(new float[2], 1, 2) });
        Assert.That(() => LoRAAdapters.Load(folder.Path), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3088").And.Message.Contains("no tensor that is called LAYER.lora_A.weight"));
        Assert.That(() => LoRAAdapters.Load(folder.File("none")), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT4206").And.Message.Contains("save_pretrained"));
    }

    private static void Write(TemporaryFolder folder, Dictionary<string, Tensor> tensors, string config = """{"peft_type":"LORA","r":1,"lora_alpha":8}""")
    {
        SafetensorsFile.Save(folder.File(Tensors), tensors);
        File.WriteAllText(folder.File(Config), config);
    }
}
