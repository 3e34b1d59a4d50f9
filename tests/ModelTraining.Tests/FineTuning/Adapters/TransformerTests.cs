namespace ModelTraining.Tests.FineTuning.Adapters;

/// <summary>Transformers that PyTorch exported: what LoRA adapts by default, and what comes of it.</summary>
public class TransformerTests
{
    private static readonly string[] Files = ["bert-opset11", "bert-opset13", "bert-opset17", "gpt2-opset11", "gpt2-opset13", "gpt2-opset17"];

    [Test]
    public void Of_a_tiny_encoder_LoRA_finds_the_projections_of_attention()
    {
        var network = PretrainedNetwork.Load(TestData.Shared("models/tiny-encoder/tiny-encoder.onnx"), null);
        Assert.That(Layers(network), Is.EquivalentTo(from layer in new[] { 0, 1 } from part in "qkvo" select $"/layers.{layer}/attention/{part}/MatMul"));
        Assert.That(LoRATargets.Of(network.Trunk(), new LoRAOptions { Targets = ["q", "v"] }, "it"), Has.Count.EqualTo(4));
        Assert.That(LoRATargets.Of(network.Trunk(), new LoRAOptions { Targets = ["*"] }, "it"), Has.Count.EqualTo(12));
    }

    [TestCaseSource(nameof(Files))]
    public void Of_an_export_LoRA_finds_the_projections_of_attention(string file)
    {
        var network = PretrainedNetwork.Load(Export(file), null);
        Assert.That(Layers(network), Is.EquivalentTo(file.StartsWith("bert", StringComparison.Ordinal)
            ? from layer in new[] { 0, 1 } from part in new[] { "query", "key", "value", "output" } select $"/layers.{layer}/{part}/MatMul"
            : from layer in new[] { 0, 1 } from part in new[] { "c_attn", "c_proj" } select $"/h.{layer}/{part}/Gemm"));
    }

    [TestCaseSource(nameof(Files))]
    public async Task FineTune_with_LoRA_of_an_export_learns_and_merges(string file)
    {
        var path = Export(file);
        const int Length = 7;
        var isBert = file.StartsWith("bert", StringComparison.Ordinal);
        var random = new SeededRandom(3);
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, Length).Select(_ => random.Next(50)).ToArray()).Select(ids =>
            string.Join(',', [.. ids, .. isBert ? Enumerable.Repeat(1, Length) : [], ids[0] < 25 ? 1 : 0])).ToList();
        var header = string.Join(',', [.. Enumerable.Range(0, Length).Select(i => $"ids{i}"), .. isBert ? Enumerable.Range(0, Length).Select(i => $"mask{i}") : [], "first"]);
        File.WriteAllLines(folder.File("ids.csv"), [header, .. lines]);
        var run = await Pipeline.From(Csv.File(folder.File("ids.csv"), label: "first")).WithTask(LearningTask.BinaryClassification).Split(test: 0.2, validation: 0.1)
            .FineTune(path, (FineTuneOptions o) => o with { Epochs = 6, BatchSize = 32, LearningRate = 5e-3, Dropout = 0.1, LoRA = new LoRAOptions { Dropout = 0.1 } })
            .Evaluate().Export(folder.File("tuned.onnx")).RunAsync();
        var model = (NetworkModel)run.Model;
        TestContext.Out.WriteLine($"{file}: {model.TrainedParameterCount} of {model.ParameterCount} weights, loss {model.History!.Training[0]} to {model.History.Training[^1]}, merge {model.AdapterMerge}, accuracy {run.Evaluation["accuracy"]}");
        Assert.That(model.History!.Training[^1], Is.LessThan(0.8 * model.History.Training[0]));
        Assert.That(model.AdapterMerge!.LargestDifference, Is.LessThan(1e-5));
        Assert.That(model.TrainedParameterCount, Is.LessThan(model.ParameterCount / 4));
    }

    [Test]
    public async Task FineTune_with_LoRA_of_an_encoder_of_texts_is_better_than_a_frozen_trunk()
    {
        var (model, texts) = (TestData.Shared("models/tiny-encoder/tiny-encoder.onnx"), TestData.Shared("text/yelp_labelled.tsv"));
        using var folder = new TemporaryFolder();
        var data = new WordPieces(TestData.Shared("models/tiny-encoder/vocab.txt")).Save(folder.File("texts.csv"), File.ReadLines(texts), 24);
        Task<PipelineRun> Run(Func<FineTuneOptions, FineTuneOptions> configure) => Pipeline.From(Csv.File(data, label: "label")).Split(test: 0.2, validation: 0.1).FineTune(model, configure).Evaluate().RunAsync();
        var adapted = await Run(o => o with { Epochs = 8, BatchSize = 32, LearningRate = 5e-3, Dropout = 0.1, LoRA = new LoRAOptions { Dropout = 0.05 } });
        var frozen = await Run(o => o with { Epochs = 60, BatchSize = 32, LearningRate = 5e-3, FreezeTrunk = true });
        var network = (NetworkModel)adapted.Model;
        TestContext.Out.WriteLine($"LoRA {adapted.Evaluation["accuracy"]}, frozen {frozen.Evaluation["accuracy"]}; {network.TrainedParameterCount} of {network.ParameterCount} weights, {network.AdapterMerge}");
        Assert.That(adapted.Evaluation["accuracy"], Is.GreaterThan(frozen.Evaluation["accuracy"]));
        Assert.That(network.TrainedParameterCount, Is.EqualTo((8 * 8 * (64 + 64)) + (64 * 2) + 2));
        Assert.That(network.ParameterCount, Is.GreaterThan(30 * network.TrainedParameterCount));
    }

    private static IEnumerable<string> Layers(PretrainedNetwork network) => LoRATargets.Of(network.Trunk(), new LoRAOptions(), "it").SelectMany(weight => weight.Layers).Select(layer => layer.Name);

    private static string Export(string file) => TestData.Export($"{file}.onnx");
}
