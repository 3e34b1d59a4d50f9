using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning.Precision;

internal sealed class HalfPrecisionTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task FineTune_of_a_file_of_16_bit_numbers_trains_it_and_exports_it_in_16_bits(bool freezeTrunk)
    {
        using var folder = new TemporaryFolder();
        var path = Half(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 6, BatchSize = 16, LearningRate = 0.01, FreezeTrunk = freezeTrunk }).Evaluate().Export(folder.File("tuned.onnx")).RunAsync();

        Assert.That(run.Model.History!.Training[^1], Is.LessThan(run.Model.History.Training[0]));
        var (before, after) = (OnnxFile.Load(path), OnnxFile.Load(folder.File("tuned.onnx")));
        foreach (var name in new[] { "first.weight", "second.weight", "second.bias" })
        {
            var tensor = after.Constants.Single(pair => pair.Key.EndsWith(name, StringComparison.Ordinal)).Value;
            Assert.That(tensor.Type, Is.EqualTo(ElementType.Float16), name);
            Assert.That(tensor.Elements<System.Half>().SequenceEqual(before.Constants[name].Elements<System.Half>()), Is.EqualTo(freezeTrunk), name);
        }

        // The file's own nodes, in its own form, after the cast of what goes in: among them a cast to 32 bits and back.
        string[] trunk = [.. before.Nodes.SkipLast(3).Select(Words)];
        Assert.That(after.Nodes.Select(Words).Where(trunk.Contains).Skip(1).Take(trunk.Length), Is.EqualTo(trunk));
        var rounding = ((NetworkModel)run.Model).WeightRounding!;
        Assert.That(rounding.Weights, Is.EqualTo(24 + 6 + 24 + 4));
        Assert.That(rounding.LargestDifference, Is.GreaterThan(0).And.LessThan(5e-3));
        Assert.That(run.Exports[0].Parity, Has.Property("Allowed").EqualTo(WeightRounding.Tolerance).And.Property("LargestDifference").LessThan(5e-3));
        Assert.That(run.ToHtml(), Does.Contain("trained in 32 bits and rounded to the 16 of the file").And.Contain("2.0E-2"));
        Assert.That(run.ToMarkdown(), Does.Contain("rounded to the 16 of the file"));

        static string Words(Node node) => $"{node.OpType} {string.Join(", ", node.Attributes.Select(pair => $"{pair.Key} {pair.Value}"))}";
    }

    [Test]
    public async Task FineTune_with_LoRA_of_a_file_of_16_bit_numbers_merges_and_rounds()
    {
        using var folder = new TemporaryFolder();
        var run = await PretrainedFiles.Rows().FineTune(Half(folder), (FineTuneOptions o) => o with { Epochs = 2, BatchSize = 16, LearningRate = 0.02, LoRA = new LoRAOptions { Rank = 2 } }).Export(folder.File("tuned.onnx")).RunAsync();
        var model = (NetworkModel)run.Model;
        Assert.That(model.AdapterMerge!.Adapters, Is.EqualTo(2));
        Assert.That(model.Weights["first.weight"].Type, Is.EqualTo(ElementType.Float16));
        Assert.That(model.Adapters, Is.Not.Null);
    }

    [Test]
    public void FineTune_of_a_weight_that_outgrows_16_bits_says_so()
    {
        using var folder = new TemporaryFolder();
        var problem = PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(Half(folder), (FineTuneOptions o) => o with { Epochs = 1, LearningRate = 1e6, RestoreBestWeights = false, Optimizer = new Lion() }));
        Assert.That(problem, Does.Contain("MT3084").And.Contain("first.").And.Contain("65504").And.Contain("Lower 'LearningRate'"));
    }

    [Test]
    public async Task RoundingProof_is_an_error_where_outputs_differ()
    {
        using var folder = new TemporaryFolder();
        var data = StoppedTraining.Rows(40);
        var model = (NetworkModel)await new WholeNetworkTrainer(PretrainedNetwork.Load(Half(folder), null), ["a", "b", "c", "d"], new FineTuneOptions { Epochs = 1 }).TrainAsync(data, new TrainingContext(), default);
        var other = GraphCopy.Part(model.Network, model.Network.Inputs[0].Name, model.Network.Outputs[0].Name);
        other.ReplaceConstant("new_head.bias", Tensor.Of([3f, 0], 2));
        Assert.That(() => RoundingProof.Of(model, model.With(other), data, 1), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3085").And.Message.Contains("32-bit form"));
    }

    /// <summary>SqueezeNet of opset 7 in 16-bit numbers, for one row of 224 × 224 pixels.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public async Task FineTune_of_a_real_network_of_16_bit_numbers_ships_it(bool freezeTrunk)
    {
        using var folder = new TemporaryFolder();
        var model = TestData.Shared("models/squeezenet1.1/squeezenet1.1-fp16.onnx");
        var random = new SeededRandom(3);
        // Bright and dark pictures.
        var rows = Enumerable.Range(0, 20).Select(i => new { Pixels = Enumerable.Range(0, 3 * 224 * 224).Select(_ => (float)random.Next(i % 2 == 0 ? 120 : 250)).ToArray(), Y = i % 2 == 0 ? "dark" : "bright" }).ToList();
        var run = await Pipeline.From(Records.Of(rows, label: "Y")).Split(test: 0.2, validation: 0)
            .FineTune(model, (FineTuneOptions o) => o with { FreezeTrunk = freezeTrunk, Epochs = freezeTrunk ? 20 : 1, BatchSize = 4, LearningRate = freezeTrunk ? 1e-2 : 1e-5 }).Evaluate().Export(folder.File("tuned.onnx")).RunAsync();
        Assert.That(((NetworkModel)run.Model).WeightRounding!.LargestDifference, Is.LessThan(WeightRounding.Tolerance));
        Assert.That(OnnxFile.Load(folder.File("tuned.onnx")).Constants.Values.Where(tensor => tensor.Type == ElementType.Float16 && tensor.Count > 1).Sum(tensor => (long)tensor.Count), Is.EqualTo(1235496 - 513000), "all weights but those of the old head");
        if (freezeTrunk) Assert.That(run.Evaluation["accuracy"], Is.EqualTo(1));
        using var predictor = Predictor.Load(folder.File("tuned.onnx"));
        Assert.That(predictor.Predict(new { rows[0].Pixels }).Probabilities.Sum(), Is.EqualTo(1).Within(1e-3));
    }

    /// <summary>4 columns → 6 → 4 → 3 classes in 16 bits; the second layer's input passes through 32 bits.</summary>
    private static string Half(TemporaryFolder folder)
    {
        var graph = new Graph("half");
        Value Constant(string name, params long[] shape) => graph.Constant(Tensor.Of(Array.ConvertAll(PretrainedFiles.Weight(name, shape).Elements<float>().ToArray(), element => (System.Half)element), shape), name);
        var x = graph.Input("x", ElementType.Float16, Dimension.Batch, 4);
        Value Node(string opType, Dimension[] shape, params Value[] inputs) => graph.Add(opType, inputs, ElementType.Float16, shape);
        var value = Node("Gemm", [Dimension.Batch, 6], x, Constant("first.weight", 4, 6), Constant("first.bias", 6)).Cast(ElementType.Float).Relu().Cast(ElementType.Float16);
        value = Node("Relu", [Dimension.Batch, 4], Node("Gemm", [Dimension.Batch, 4], value, Constant("second.weight", 6, 4), Constant("second.bias", 4)));
        value = Node("Gemm", [Dimension.Batch, 3], value, Constant("head.weight", 4, 3), Constant("head.bias", 3));
        graph.Output("scores", Node("Softmax", [Dimension.Batch, 3], value));
        var path = folder.File("half.onnx");
        OnnxFile.Save(graph, path);
        return path;
    }
}
