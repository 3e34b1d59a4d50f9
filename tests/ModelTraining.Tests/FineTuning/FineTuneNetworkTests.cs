using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning;

public class FineTuneNetworkTests
{
    private static SplitPipeline Digits() => Pipeline.From(Csv.File(TestData.Shared("tabular/digits.csv"), label: "label")).WithTask(LearningTask.MulticlassClassification).Split(test: 0.2, validation: 0.1);

    [TestCase(false, 0.97)]
    [TestCase(true, 0.85)]
    public async Task FineTune_makes_a_network_of_five_digits_one_of_ten(bool freezeTrunk, double accuracy)
    {
        var model = TestData.Shared("models/digits04-cnn/digits04-cnn.onnx");
        using var folder = new TemporaryFolder();
        var run = await Digits()
            .FineTune(model, (FineTuneOptions o) => o with { FreezeTrunk = freezeTrunk, InputScale = 1 / 16.0, Epochs = freezeTrunk ? 100 : 8, BatchSize = 32, LearningRate = freezeTrunk ? 1e-2 : 1e-3 })
            .Evaluate().Export(folder.File("digits.onnx")).RunAsync();
        Assert.That(run.Evaluation["accuracy"], Is.GreaterThan(accuracy));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThan(1e-4));
        using var predictor = Predictor.Load(folder.File("digits.onnx"));
        var test = run.Source.Take(run.Split.TestRows.ToArray().Take(5).Select(row => run.Table.Origin(row)).ToArray());
        Assert.That(predictor.Predict(test).Count, Is.EqualTo(5));
    }

    [Test]
    public async Task FineTune_of_a_frozen_trunk_changes_the_head_alone()
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder);
        var run = await Rows().FineTune(path, (FineTuneOptions o) => o with { FreezeTrunk = true, Epochs = 3 }).RunAsync();
        var weights = ((NetworkModel)run.Model).Weights;
        Assert.That(weights.Single(pair => pair.Key.EndsWith("first.weight", StringComparison.Ordinal)).Value.Elements<float>().ToArray(), Is.EqualTo(OnnxFile.Load(path).Constants["first.weight"].Elements<float>().ToArray()));
        Assert.That(run.Model.OutputCount, Is.EqualTo(2));
    }

    [Test]
    public async Task FineTune_of_a_network_with_branches_trains_what_they_take_and_ships_them()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("branched");
        Value Weight(string name, params long[] shape) => graph.Constant(Tensor.Of([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)Math.Sin(i + name.Length))], shape), name);
        var hidden = graph.Input("x", ElementType.Float, Dimension.Batch, 4).Gemm(Weight("first.weight", 4, 6), Weight("bias", 6));
        var gate = Weight("gate", 6);
        Graph Branch(string opType)
        {
            var branch = new Graph(opType);
            branch.AddOutput(branch.Define($"{opType}/y", ElementType.Float, [Dimension.Batch, 6]));
            branch.AddNode(new Node(opType, opType, "", [hidden.Name, gate.Name], [$"{opType}/y"], new Dictionary<string, object>()));
            return branch;
        }

        var chosen = graph.Add("If", [graph["bias"].ReduceSum(keepDims: false).Greater(-100f)], ElementType.Float, [Dimension.Batch, 6], [("then_branch", Branch("Mul")), ("else_branch", Branch("Sub"))]);
        graph.Output("scores", chosen.Relu().Gemm(Weight("head.weight", 6, 3), Weight("head.bias", 3)));
        OnnxFile.Save(graph, folder.File("branched.onnx"));
        var run = await Rows().FineTune(folder.File("branched.onnx"), (FineTuneOptions o) => o with { Epochs = 3, WeightDecay = 0 }).Export(folder.File("tuned.onnx")).RunAsync();
        Assert.That(((NetworkModel)run.Model).Weights["gate"].Elements<float>().ToArray(), Is.Not.EqualTo(graph.Constants["gate"].Elements<float>().ToArray()).Within(1e-6));
        Assert.That(OnnxFile.Load(folder.File("tuned.onnx")).Nodes.Count(node => node.OpType == "If"), Is.EqualTo(1));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThan(1e-5));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task FineTune_with_finders_says_what_they_found(bool freezeTrunk)
    {
        using var folder = new TemporaryFolder();
        var run = await Rows().FineTune(Save(folder), (FineTuneOptions o) => o with { FreezeTrunk = freezeTrunk, Epochs = 2, LearningRateFinder = new LearningRateFinder(), BatchSizeFinder = new BatchSizeFinder { MaxBatchSize = 16 } }).RunAsync();
        var model = (NetworkModel)run.Model;
        Assert.That(model.FoundLearningRate!.LearningRate, Is.InRange(1e-6, 10));
        Assert.That(model.FoundBatchSize!.BatchSize, Is.EqualTo(16));
        Assert.That(run.Warnings, Has.Some.Contains("BatchSizeFinder of FineTune chose 16 rows"));
    }

    [Test]
    public async Task FineTune_moves_early_layers_less_with_LayerDecay()
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder);
        var before = OnnxFile.Load(path).Constants;
        double Moved(PipelineRun run, string name) => ((NetworkModel)run.Model).Weights[name].Elements<float>().ToArray().Zip(before[name].Elements<float>().ToArray(), (a, b) => Math.Abs(a - b)).Average();
        var run = await Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 2, LayerDecay = 0.01, RestoreBestWeights = false, WeightDecay = 0 }).RunAsync();
        Assert.That(Moved(run, "first.weight"), Is.GreaterThan(0).And.LessThan(Moved(run, "second.weight") / 10));
    }

    [Test]
    public async Task FineTune_from_scratch_keeps_the_shape_alone()
    {
        using var folder = new TemporaryFolder();
        var path = Save(folder);
        var run = await Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 1, LearningRate = 1e-9, FromScratch = true }).RunAsync();
        var (weight, before) = (((NetworkModel)run.Model).Weights["first.weight"], OnnxFile.Load(path).Constants["first.weight"]);
        Assert.That(weight.Shape.ToArray(), Is.EqualTo(before.Shape.ToArray()));
        Assert.That(weight.Elements<float>().ToArray(), Is.Not.EqualTo(before.Elements<float>().ToArray()).Within(0.01));
        Assert.That(((NetworkModel)run.Model).Weights["first.bias"].Elements<float>().ToArray(), Is.All.EqualTo(0).Within(1e-6));
        Assert.That(Problems(Rows().FineTune(path, (FineTuneOptions o) => o with { FromScratch = true, FreezeTrunk = true })), Does.Contain("MT1743"));
    }

    [Test]
    public void FineTune_says_what_does_not_fit_before_it_reads()
    {
        using var folder = new TemporaryFolder();
        Assert.That(Problems(Rows().FineTune(folder.File("none.onnx"), (FineTuneOptions o) => o)), Does.Contain("MT4206"));
        Assert.That(Problems(Rows().FineTune(" ", (FineTuneOptions o) => o)), Does.Contain("MT1427"));
        Assert.That(Problems(Rows().FineTune(Save(folder), (FineTuneOptions o) => o with { Head = "Relu_2" })), Does.Contain("MT3001").And.Contain("Relu_1"));
        Assert.That(Problems(Rows().FineTune(Save(folder), (FineTuneOptions o) => o with { LayerDecay = 0, InputScale = 0 })), Does.Contain("MT1741").And.Contain("MT1742"));
        Assert.That(Problems(Rows().FineTune(Save(folder, opset: 5), (FineTuneOptions o) => o)), Does.Contain("MT3070"));
        Assert.That(Problems(Rows().FineTune(Save(folder, columns: 5), (FineTuneOptions o) => o)), Does.Contain("MT3071").And.Contain("does not fit 4 columns"));
        Assert.That(Problems(Rows().FineTune(Save(folder, end: value => value.Sin()), (FineTuneOptions o) => o)), Does.Contain("MT3072").And.Contain("Sin"));
    }

    /// <summary>One writes its softmax out; of the others, whose outputs are no classes, the message says what a head may take.</summary>
    [Test]
    public async Task FineTune_finds_heads_of_real_networks_or_says_what_they_may_take()
    {
        var rows = Enumerable.Range(0, 20).Select(i => new { Bytes = Enumerable.Range(0, 2048).Select(k => (byte)((i * k) + (i % 2))).ToArray(), Y = i % 2 == 0 ? "a" : "b" });
        var run = await Pipeline.From(Records.Of(rows, label: "Y")).Split().FineTune(TestData.Shared("models/magika/magika.onnx"), (FineTuneOptions o) => o with { Epochs = 1, BatchSize = 8 }).RunAsync();
        Assert.That(((NetworkModel)run.Model).Weights["new_head.weight"].Shape.ToArray(), Is.EqualTo(new long[] { 512, 2 }));
        Assert.That(Problems(Rows().FineTune(TestData.Shared("models/super-resolution/super-resolution.onnx"), (FineTuneOptions o) => o)), Does.Contain("MT3072").And.Contain("DepthToSpace").And.Match("into its last layers go '.*', '.*'. Name the value"));
    }

    [Test]
    public void FineTune_of_a_weight_that_is_no_number_names_it()
    {
        using var folder = new TemporaryFolder();
        var graph = OnnxFile.Load(PretrainedFiles.Dense(folder));
        graph.ReplaceConstant("second.bias", Tensor.Of([1f, 2, float.NaN, float.PositiveInfinity], 4));
        OnnxFile.Save(graph, folder.File("nan.onnx"));
        foreach (var freeze in new[] { false, true })
        {
            Assert.That(PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(folder.File("nan.onnx"), o => o with { FreezeTrunk = freeze })), Does.Contain("MT3077").And.Contain("'second.bias' of").And.Contain("position 2"));
        }
    }

    /// <summary>The name of one input begins that of the other.</summary>
    [Test]
    public async Task FineTune_gives_each_input_the_columns_of_its_name()
    {
        using var folder = new TemporaryFolder();
        var graph = new Graph("two");
        var (x, other) = (graph.Input("x", ElementType.Float, Dimension.Batch, 2), graph.Input("x_other", ElementType.Float, Dimension.Batch, 1));
        graph.Output("scores", Value.Concat([x, other * 0f], 1).Dense(4, new SeededRandom(1), name: "first").Relu().Dense(3, new SeededRandom(2), name: "head"));
        OnnxFile.Save(graph, folder.File("two.onnx"));
        SplitPipeline Rows(bool more) => Pipeline.From(more
            ? Records.Of(Enumerable.Range(0, 40).Select(i => new { x_1 = (float)Math.Sin(i), x_other = (float)i, x_2 = (float)Math.Cos(i), noise = 1f + i, Y = Math.Sin(i) > 0 ? "up" : "down" }), label: "Y")
            : Records.Of(Enumerable.Range(0, 40).Select(i => new { x_1 = (float)Math.Sin(i), x_other = (float)i, x_2 = (float)Math.Cos(i), Y = Math.Sin(i) > 0 ? "up" : "down" }), label: "Y")).Split();
        var run = await Rows(more: false).FineTune(folder.File("two.onnx"), o => o with { Epochs = 1 }).RunAsync();
        using var predictor = run.CreatePredictor();
        double? Of(float sine, float any) => predictor.Predict(new { x_1 = sine, x_other = any, x_2 = 0.5f }).Probability;
        Assert.That(Of(0.3f, 7), Is.EqualTo(Of(0.3f, -900)), "nothing goes by what is multiplied by 0");
        Assert.That(Of(0.3f, 7), Is.Not.EqualTo(Of(-0.8f, 7)));
        Assert.That(PretrainedFiles.Problems(Rows(more: true).FineTune(folder.File("two.onnx"), o => o with { Epochs = 1 })), Does.Contain("MT3071").And.Contain("no input of").And.Contain("'noise'").And.Contain("'x', 'x_other'"));
    }

    [Test]
    public async Task FineTune_of_a_file_means_a_network_unless_options_of_trees_are_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("broken.onnx"), "age,plan");
        Assert.That(Problems(Rows().FineTune(folder.File("broken.onnx"))), Does.Contain("MT4200").And.Contain("broken.onnx'"));
        await Rows().Train(Trees.GradientBoosting(o => o with { Trees = 2 })).Export(folder.File("trees.onnx")).RunAsync();
        Assert.That(Problems(Rows().FineTune(folder.File("trees.onnx"), o => o with { LearningRate = 0.1 })), Does.Contain("MT3076").And.Contain("(GradientBoostingOptions o)"));
        var run = await Rows().FineTune(folder.File("trees.onnx"), o => o with { Trees = 1 }).RunAsync();
        Assert.That(run.Model.Trainer, Is.EqualTo("Trees.GradientBoosting"));
    }

    private static string Problems(Pipeline pipeline) => Assert.ThrowsAsync<ModelTrainingException>(async () => await pipeline.RunAsync())!.Message;

    private static SplitPipeline Rows() => Pipeline.From(Records.Of(
        Enumerable.Range(0, 80).Select(i => new { A = (float)Math.Sin(i), B = (float)Math.Cos(3 * i), C = (float)Math.Sin(7 * i), D = (float)Math.Cos(i * i), Y = Math.Sin(i) > 0 ? "up" : "down" }), label: "Y")).Split();

    /// <summary>columns → 6 → 4 → 3 classes.</summary>
    private static string Save(TemporaryFolder folder, int opset = 17, int columns = 4, Func<Value, Value>? end = null)
    {
        var graph = new Graph("pretrained", opset);
        Value Weight(string name, params long[] shape) => graph.Constant(Tensor.Of([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)Math.Sin(i + name.Length))], shape), name);
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, columns);
        var hidden = x.Gemm(Weight("first.weight", columns, 6), Weight("first.bias", 6)).Relu();
        graph.Output("hidden", hidden);
        var value = hidden.Gemm(Weight("second.weight", 6, 4), Weight("second.bias", 4)).Relu();
        value = value.Gemm(Weight("head.weight", 4, 3), Weight("head.bias", 3)).Softmax();
        var path = folder.File($"pretrained-{opset}-{columns}-{end is not null}.onnx");
        var scores = graph.Output("scores", end?.Invoke(value) ?? value);
        var whole = OnnxFile.Load(OnnxFile.ToBytes(graph));
        OnnxFile.Save(GraphCopy.Part(whole, "x", scores.Name), path);
        return path;
    }
}
