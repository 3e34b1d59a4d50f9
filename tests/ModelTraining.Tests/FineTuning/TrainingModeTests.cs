using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning;

/// <summary>Files that were exported in training mode.</summary>
internal sealed class TrainingModeTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task FineTune_of_a_file_in_training_mode_trains_and_is_used_by_running_statistics(bool freezeTrunk)
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder, used: false);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 4, BatchSize = 16, LearningRate = 0.02, FreezeTrunk = freezeTrunk, RestoreBestWeights = false }).Evaluate().Export(folder.File("tuned.onnx")).RunAsync();

        var (before, after) = (OnnxFile.Load(path), OnnxFile.Load(folder.File("tuned.onnx")));
        var normalisation = after.Nodes.Single(node => node.OpType == "BatchNormalization");
        Assert.That(normalisation.Attributes, Does.Not.ContainKey("training_mode"));
        Assert.That(normalisation.Outputs, Has.Count.EqualTo(1));
        Assert.That(after.Nodes.Where(node => node.OpType == "Dropout").SelectMany(node => node.Inputs.Skip(2)), Is.Empty);
        var mean = after.Constants.Single(pair => pair.Key.EndsWith("norm.mean", StringComparison.Ordinal)).Value.Elements<float>().ToArray();
        Assert.That(mean.SequenceEqual(before.Constants["norm.mean"].Elements<float>().ToArray()), Is.EqualTo(freezeTrunk), "running statistics follow where the scale is trained");
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThanOrEqualTo(Parity.Tolerance));
        using var predictor = Predictor.Load(folder.File("tuned.onnx"));
        var row = new { A = 0.1f, B = 0.2f, C = 0.3f, D = 0.4f };
        Assert.That(predictor.Predict(row).Probabilities.ToArray(), Is.EqualTo(predictor.Predict([row, new { A = 9f, B = 9f, C = 9f, D = 9f }])[0].Probabilities.ToArray()).Within(1e-6), "what else is in the batch does not matter");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task FineTune_of_a_Dropout_whose_ratio_is_given_by_a_node_drops_by_it(bool training)
    {
        using var folder = new TemporaryFolder();
        async Task<float[]> Trained(float ratio)
        {
            var graph = new Graph("ratio");
            var x = graph.Input("x", ElementType.Float, Dimension.Batch, 4).Gemm(graph.Constant(PretrainedFiles.Weight("first.weight", 4, 6), "first.weight")).Relu();
            Value Given(Tensor value, ElementType type) => graph.Add("Constant", [], type, [], [("value", value)]);
            Value?[] inputs = training ? [x, Given(Tensor.Of([ratio]), ElementType.Float), Given(Tensor.Of([true]), ElementType.Bool)] : [x, Given(Tensor.Of([ratio]), ElementType.Float)];
            graph.Output("scores", graph.Add("Dropout", inputs, ElementType.Float, [Dimension.Batch, 6]).Gemm(graph.Constant(PretrainedFiles.Weight("head.weight", 6, 3), "head.weight")));
            OnnxFile.Save(graph, folder.File("ratio.onnx"));
            var run = await PretrainedFiles.Rows().FineTune(folder.File("ratio.onnx"), (FineTuneOptions o) => o with { Epochs = 2, LearningRate = 0.02, RestoreBestWeights = false }).Export(folder.File("tuned.onnx")).RunAsync();
            return PretrainedFiles.Elements(run, "first.weight");
        }

        Assert.That(await Trained(0.5f), Is.Not.EqualTo(await Trained(0)));
    }

    [Test]
    public void FineTune_of_a_file_that_hands_on_what_it_measures_says_so()
    {
        using var folder = new TemporaryFolder();
        Assert.That(PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(Save(folder, used: true), (FineTuneOptions o) => o)), Does.Contain("MT3086").And.Contain("'measured'").And.Contain("Export the model for inference"));
    }

    private static string Save(TemporaryFolder folder, bool used)
    {
        var graph = new Graph("training");
        Value Constant(string name, params long[] shape) => graph.Constant(PretrainedFiles.Weight(name, shape), name);
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 4);
        var hidden = x.Gemm(Constant("first.weight", 4, 6), Constant("first.bias", 6));
        var ones = graph.Constant(Tensor.Of(Enumerable.Repeat(1f, 6).ToArray(), 6), "norm.weight");
        var variance = graph.Constant(Tensor.Of(Enumerable.Repeat(0.5f, 6).ToArray(), 6), "norm.variance");
        foreach (var name in new[] { "normal", "measured", "spread" }) graph.Define(name, ElementType.Float, name == "normal" ? [Dimension.Batch, 6] : [6]);
        graph.AddNode(new Node("norm", "BatchNormalization", "", [hidden.Name, ones.Name, Constant("norm.bias", 6).Name, Constant("norm.mean", 6).Name, variance.Name], ["normal", "measured", "spread"], new Dictionary<string, object> { ["training_mode"] = 1L }));
        var value = graph["normal"].Relu();
        if (used) value += graph["measured"];
        value = graph.Add("Dropout", [value, graph.Constant(Tensor.Of([0.2f])), graph.Constant(Tensor.Of([true]))], ElementType.Float, [Dimension.Batch, 6]);
        graph.Output("scores", value.Gemm(Constant("head.weight", 6, 3), Constant("head.bias", 3)));
        var path = folder.File("training.onnx");
        OnnxFile.Save(graph, path);
        return path;
    }
}
