using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning.Adapters;

public class LoRATests
{
    private static FineTuneOptions Of(FineTuneOptions o, LoRAOptions? lora = null) => o with { Epochs = 4, BatchSize = 16, LearningRate = 0.02, LoRA = lora ?? new LoRAOptions { Rank = 1 } };

    [Test]
    public async Task FineTune_with_LoRA_changes_weights_by_a_product_of_its_rank_alone()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o) with { RestoreBestWeights = false }).RunAsync();
        foreach (var (name, width) in new[] { ("first.weight", 6), ("second.weight", 6) })
        {
            double[] change = [.. PretrainedFiles.Elements(run, name).Zip(PretrainedFiles.Elements(path, name), (after, before) => (double)after - before)];
            Assert.That(change.Max(Math.Abs), Is.GreaterThan(1e-3), name);
            // Of a product of a column and a row, every minor of two by two is 0.
            for (var i = 0; i + width + 1 < change.Length; i++)
            {
                if (i % width == width - 1) continue;
                Assert.That((change[i] * change[i + width + 1]) - (change[i + 1] * change[i + width]), Is.EqualTo(0).Within(1e-6), name);
            }
        }

        foreach (var bias in new[] { "first.bias", "second.bias" }) Assert.That(PretrainedFiles.Elements(run, bias), Is.EqualTo(PretrainedFiles.Elements(path, bias)));
    }

    [Test]
    public async Task FineTune_with_LoRA_exports_the_graph_that_it_would_without()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var adapted = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new LoRAOptions { Rank = 2, Dropout = 0.2 }) with { Dropout = 0.1, DropoutAfter = ["Relu_*"] }).Export(folder.File("adapted.onnx")).RunAsync();
        await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 1 }).Export(folder.File("plain.onnx")).RunAsync();
        var (with, without) = (OnnxFile.Load(folder.File("adapted.onnx")), OnnxFile.Load(folder.File("plain.onnx")));
        Assert.That(with.Nodes.Select(node => $"{node.OpType} of {node.Inputs.Count}"), Is.EqualTo(without.Nodes.Select(node => $"{node.OpType} of {node.Inputs.Count}")));
        Assert.That(with.Constants.Keys, Is.EquivalentTo(without.Constants.Keys));
        Assert.That(with.Nodes.Select(node => node.OpType), Has.None.EqualTo("Dropout"));
        Assert.That(adapted.Exports[0].Parity.LargestDifference, Is.LessThanOrEqualTo(Parity.Tolerance));
    }

    [Test]
    public async Task FineTune_with_LoRA_proves_that_merging_changed_nothing_and_counts_what_was_trained()
    {
        using var folder = new TemporaryFolder();
        var run = await PretrainedFiles.Rows().FineTune(PretrainedFiles.Dense(folder), (FineTuneOptions o) => Of(o, new LoRAOptions { Rank = 2 })).Evaluate().RunAsync();
        var model = (NetworkModel)run.Model;
        Assert.That(model.AdapterMerge!.Adapters, Is.EqualTo(2));
        Assert.That(model.AdapterMerge.Rows, Is.EqualTo(run.Split.ValidationRows.Length));
        Assert.That(model.AdapterMerge.LargestDifference, Is.GreaterThanOrEqualTo(0).And.LessThan(1e-5));
        var (first, second, head) = (2 * (4 + 6), 2 * (6 + 4), (4 * 2) + 2);
        Assert.That(model.TrainedParameterCount, Is.EqualTo(first + second + head));
        Assert.That(model.ParameterCount, Is.EqualTo(24 + 6 + 24 + 4 + head));
        Assert.That(run.ToHtml(), Does.Contain("68 weights, 50 trained. 2 low-rank adapters merged").And.Contain("rank 2, alpha 16, dropout 0, targets by default"));
        Assert.That(run.ToMarkdown(), Does.Contain("68 weights, 50 trained. 2 low-rank adapters merged"));
    }

    [Test]
    public async Task FineTune_with_LoRA_adapts_the_targets_alone()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new LoRAOptions { Targets = ["second"] })).RunAsync();
        Assert.That(PretrainedFiles.Elements(run, "first.weight"), Is.EqualTo(PretrainedFiles.Elements(path, "first.weight")));
        Assert.That(PretrainedFiles.Elements(run, "second.weight"), Is.Not.EqualTo(PretrainedFiles.Elements(path, "second.weight")));
        Assert.That(PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new LoRAOptions { Targets = ["secnd.weight"] }))), Does.Contain("MT1748").And.Contain("Did you mean 'second.weight'"));
    }

    [Test]
    public async Task FineTune_with_LoRA_moves_early_layers_less_with_LayerDecay()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o) with { LayerDecay = 0.01, RestoreBestWeights = false, WeightDecay = 0 }).RunAsync();
        double Moved(string name) => PretrainedFiles.Elements(run, name).Zip(PretrainedFiles.Elements(path, name), (after, before) => Math.Abs(after - before)).Average();
        Assert.That(Moved("first.weight"), Is.GreaterThan(0).And.LessThan(Moved("second.weight") / 10));
    }

    [Test]
    public async Task FineTune_with_LoRA_of_positions_that_share_a_layer_drops_and_merges()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Positions(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new LoRAOptions { Dropout = 0.3 })).RunAsync();
        var without = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new LoRAOptions())).RunAsync();
        Assert.That(((NetworkModel)run.Model).AdapterMerge!.LargestDifference, Is.LessThan(1e-5));
        Assert.That(PretrainedFiles.Elements(run, "shared.weight"), Is.Not.EqualTo(PretrainedFiles.Elements(without, "shared.weight")), "dropout changed nothing");
    }

    [Test]
    public async Task FineTune_with_LoRA_merges_into_weights_without_names_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("pretrained");
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 4);
        // What is written in front of the network has constants of these names, too.
        var value = x.Gemm(graph.Constant(PretrainedFiles.Weight("a", 4, 6))).Relu().Gemm(graph.Constant(PretrainedFiles.Weight("b", 6, 5))).Relu();
        graph.Output("y", value.Gemm(graph.Constant(PretrainedFiles.Weight("c", 5, 3))));
        OnnxFile.Save(graph, folder.File("unnamed.onnx"));
        Assert.That(graph.Constants.Keys, Has.Member("constant_0"));
        var run = await PretrainedFiles.Rows().FineTune(folder.File("unnamed.onnx"), (FineTuneOptions o) => Of(o)).RunAsync();
        Assert.That(((NetworkModel)run.Model).AdapterMerge, Is.EqualTo(new AdapterMerge(2, 8, 0)).Using<AdapterMerge>((a, b) => a.Adapters == b.Adapters && a.LargestDifference < 1e-5));
    }

    [TestCase(3)]
    [TestCase(11)]
    public async Task Train_of_adapters_after_a_stop_gives_the_bits_of_never_having_stopped(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        var network = PretrainedNetwork.Load(PretrainedFiles.Dense(folder), null);
        var options = Of(new FineTuneOptions(), new LoRAOptions { Rank = 2, Dropout = 0.2 }) with { Dropout = 0.1, DropoutAfter = ["Relu_*"] };
        var data = StoppedTraining.Rows(100);
        ITrainer Trainer() => new WholeNetworkTrainer(network, ["a", "b", "c", "d"], options);
        var expected = (NetworkModel)await Trainer().TrainAsync(data, new TrainingContext(), default);
        await StoppedTraining.RunAsync(Trainer(), data, folder.File("checkpoints"), stopAfter);
        var kept = SafetensorsFile.Load(Path.Combine(Directory.EnumerateDirectories(folder.File("checkpoints")).Order(StringComparer.Ordinal).Last(), "tensors.safetensors")).Keys.Where(name => !name.Contains('/'));
        Assert.That(kept, Is.EquivalentTo(new[] { "updates", "first.weight.lora_A", "first.weight.lora_B", "second.weight.lora_A", "second.weight.lora_B", "new_head.weight", "new_head.bias" }));
        var resumed = (NetworkModel)await Trainer().TrainAsync(data, StoppedTraining.Context(folder.File("checkpoints")), default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        foreach (var (name, weight) in expected.Weights.Where(pair => pair.Value.Type == ElementType.Float)) Assert.That(resumed.Weights[name].Elements<float>().ToArray(), Is.EqualTo(weight.Elements<float>().ToArray()), name);
    }

    [Test]
    public void FineTune_says_what_is_wrong_with_LoRA()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        string Wrong(Func<FineTuneOptions, FineTuneOptions> configure) => PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(path, configure));
        Assert.That(Wrong(o => o with { LoRA = new LoRAOptions { Rank = 0, Alpha = 0, Dropout = 1, Targets = [" "] } }), Does.Contain("'Rank'").And.Contain("'Alpha'").And.Contain("'Dropout'").And.Contain("'Targets'").And.Contain("MT1747"));
        Assert.That(Wrong(o => o with { LoRA = new LoRAOptions(), FreezeTrunk = true }), Does.Contain("MT1749"));
        Assert.That(Wrong(o => o with { LoRA = new LoRAOptions(), FromScratch = true }), Does.Contain("MT1749"));
    }

    [Test]
    public void Of_a_trunk_without_layers_LoRA_says_so()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("pretrained");
        graph.Output("y", graph.Input("x", ElementType.Float, Dimension.Batch, 4).Relu().Gemm(graph.Constant(PretrainedFiles.Weight("head", 4, 3))));
        OnnxFile.Save(graph, folder.File("head.onnx"));
        Assert.That(PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(folder.File("head.onnx"), (FineTuneOptions o) => Of(o))), Does.Contain("MT3074").And.Contain("freeze or thaw"));
    }

    /// <summary>One to 3 channels over 4×4 with pads and strides, two kernels of 1, one in groups: PyTorch's, in the file digits are read from by a network of convolutions.</summary>
    [Test]
    public async Task FineTune_with_LoRA_of_convolutions_changes_kernels_by_a_product_of_its_rank_and_exports_the_same_graph()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Convolutions(folder);
        var run = await PretrainedFiles.Pixels().FineTune(path, (FineTuneOptions o) => Of(o, new LoRAOptions { Rank = 1, Dropout = 0.1 }) with { RestoreBestWeights = false }).Export(folder.File("tuned.onnx")).RunAsync();
        var model = (NetworkModel)run.Model;
        Assert.That(model.AdapterMerge!.Adapters, Is.EqualTo(2));
        Assert.That(model.AdapterMerge.LargestDifference, Is.LessThan(1e-5));
        foreach (var (name, width) in new[] { ("first.weight", 18), ("point.weight", 3) })
        {
            double[] change = [.. PretrainedFiles.Elements(run, name).Zip(PretrainedFiles.Elements(path, name), (after, before) => (double)after - before)];
            Assert.That(change.Max(Math.Abs), Is.GreaterThan(1e-3), name);
            for (var i = 0; i + width + 1 < change.Length; i++)
            {
                if (i % width == width - 1) continue;
                Assert.That((change[i] * change[i + width + 1]) - (change[i + 1] * change[i + width]), Is.EqualTo(0).Within(1e-6), name);
            }
        }

        Assert.That(PretrainedFiles.Elements(run, "grouped.weight"), Is.EqualTo(PretrainedFiles.Elements(path, "grouped.weight")));
        Assert.That(OnnxFile.Load(folder.File("tuned.onnx")).Nodes.Count(node => node.OpType == "Conv"), Is.EqualTo(3));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThanOrEqualTo(Parity.Tolerance));
    }

    [Test]
    public async Task FineTune_with_LoRA_of_a_real_network_of_convolutions_learns_digits()
    {
        var model = TestData.Shared("models/digits04-cnn/digits04-cnn.onnx");
        var run = await Pipeline.From(Csv.File(TestData.Shared("tabular/digits.csv"), label: "label")).WithTask(LearningTask.MulticlassClassification).Split(test: 0.2, validation: 0.1)
            .FineTune(model, (FineTuneOptions o) => o with { InputScale = 1 / 16.0, Epochs = 8, BatchSize = 32, LearningRate = 5e-3, LoRA = new LoRAOptions() }).Evaluate().RunAsync();
        Assert.That(run.Evaluation["accuracy"], Is.GreaterThan(0.95));
        Assert.That(((NetworkModel)run.Model).AdapterMerge!.Adapters, Is.GreaterThan(2));
    }

    [Test]
    public async Task MergeProof_is_an_error_where_outputs_differ()
    {
        using var folder = new TemporaryFolder();
        var network = PretrainedNetwork.Load(PretrainedFiles.Dense(folder), null);
        var data = StoppedTraining.Rows(40);
        var model = (NetworkModel)await new WholeNetworkTrainer(network, ["a", "b", "c", "d"], Of(new FineTuneOptions())).TrainAsync(data, new TrainingContext(), default);
        var other = GraphCopy.Part(model.Network, model.Network.Inputs[0].Name, model.Network.Outputs[0].Name);
        other.ReplaceConstant("first.bias", Tensor.Of([.. other.Constants["first.bias"].Elements<float>().ToArray().Select(bias => bias + 0.01f)], 6));
        Assert.That(() => MergeProof.Of(model, model.With(other), 2, data, 1), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3073"));
        Assert.That(MergeProof.Of(model, model, 2, data, 1).LargestDifference, Is.Zero);
    }
}
