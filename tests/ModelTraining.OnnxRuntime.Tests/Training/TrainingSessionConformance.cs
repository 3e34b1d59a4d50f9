using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

/// <summary>What every backend's sessions keep to: each has a class of tests that derives from this.</summary>
public abstract class TrainingSessionConformance
{
    protected static readonly StepSettings Settings = new() { LearningRate = 0.01 };

    protected abstract ITrainingBackend Backend { get; }

    protected ITrainingSession Open(TrainingGraph graph, Optimizer? optimizer = null, int threads = 1, bool average = false) =>
        Backend.Compile(graph, new BackendSettings { Optimizer = optimizer ?? new Adam(), Threads = threads, KeepsAverage = average });

    [Test]
    public void Step_lowers_the_loss_and_leaves_the_graph_as_it_is()
    {
        var graph = SmallNetworks.Regression();
        var before = OnnxFile.ToBytes(graph.Graph);
        using var session = Open(graph);
        var batch = SmallNetworks.Batch(64);
        var first = session.Step(batch, Settings);
        var last = first;
        for (var i = 0; i < 300; i++) last = session.Step(batch, Settings);
        Assert.That(last.Loss, Is.LessThan(first.Loss * 0.05));
        Assert.That(last.Updated, Is.True);
        Assert.That(OnnxFile.ToBytes(graph.Graph), Is.EqualTo(before));
    }

    [Test]
    public void Evaluate_gives_the_loss_of_the_weights_as_they_are()
    {
        using var session = Open(SmallNetworks.Regression());
        var batch = SmallNetworks.Batch(16);
        var predictions = new float[16];
        for (var i = 0; i < 5; i++)
        {
            var loss = session.Evaluate(batch, predictions);
            var own = Enumerable.Range(0, 16).Average(row => Math.Pow(predictions[row] - batch.Floats(1)[row], 2));
            Assert.That(loss, Is.EqualTo(own).Within(1e-6));
            Assert.That(session.Step(batch, Settings).Loss, Is.EqualTo(loss).Within(1e-6), "the loss of a step is that before its update");
        }
    }

    [Test]
    public void Step_gives_the_same_bits_for_the_same_seed()
    {
        float[] Train()
        {
            using var session = Open(SmallNetworks.Regression(between: value => Dropout(value, 0.3f)));
            var batch = SmallNetworks.Batch(32);
            for (var i = 0; i < 20; i++) session.Step(batch, Settings with { NoiseSeed = (ulong)i });
            return session.Read("first.weight");
        }

        var first = Train();
        Assert.That(Train(), Is.EqualTo(first));
    }

    [Test]
    public void Step_of_parts_gathers_the_gradient_of_the_whole()
    {
        using var whole = Open(SmallNetworks.Regression(), new Sgd());
        using var parts = Open(SmallNetworks.Regression(), new Sgd());
        for (var i = 0; i < 3; i++)
        {
            var expected = whole.Step(SmallNetworks.Batch(12), Settings);
            Assert.That(parts.Step(SmallNetworks.Batch(8), Settings with { Share = 8 / 12.0, Update = false }).Updated, Is.False);
            var got = parts.Step(SmallNetworks.Batch(4, first: 8), Settings with { Share = 4 / 12.0 });
            Assert.That(got.GradNorm, Is.EqualTo(expected.GradNorm).Within(1e-5));
        }

        Assert.That(parts.Read("first.weight"), Is.EqualTo(whole.Read("first.weight")).Within(1e-6));
    }

    [Test]
    public void Step_scales_gradients_down_to_the_norm()
    {
        using var session = Open(SmallNetworks.Regression(), new Sgd());
        var before = session.Read("first.weight").Concat(session.Read("first.bias")).Concat(session.Read("second.weight")).Concat(session.Read("second.bias")).ToArray();
        var norm = session.Step(SmallNetworks.Batch(32), new StepSettings { LearningRate = 1, MaxGradNorm = 1e-3 }).GradNorm;
        var after = session.Read("first.weight").Concat(session.Read("first.bias")).Concat(session.Read("second.weight")).Concat(session.Read("second.bias")).ToArray();
        Assert.That(norm, Is.GreaterThan(0.01));
        Assert.That(Math.Sqrt(before.Zip(after, (a, b) => Math.Pow(a - b, 2)).Sum()), Is.EqualTo(1e-3).Within(1e-5));
    }

    [Test]
    public void Step_uses_the_factors_of_weights()
    {
        var graph = SmallNetworks.Regression();
        graph = graph with { Weights = [graph.Weights[0] with { LearningRateFactor = 0 }, graph.Weights[1] with { LearningRateFactor = 0.5 }, .. graph.Weights[2..]] };
        using var session = Open(graph, new Sgd());
        using var plain = Open(SmallNetworks.Regression(), new Sgd());
        var (weight, bias) = (session.Read("first.weight"), session.Read("first.bias"));
        session.Step(SmallNetworks.Batch(16), Settings);
        plain.Step(SmallNetworks.Batch(16), Settings);
        Assert.That(session.Read("first.weight"), Is.EqualTo(weight));
        var (half, full) = (session.Read("first.bias"), plain.Read("first.bias"));
        for (var i = 0; i < bias.Length; i++) Assert.That(half[i] - bias[i], Is.EqualTo((full[i] - bias[i]) / 2).Within(1e-7));
    }

    [Test]
    public void Step_with_a_loss_that_is_not_finite_changes_nothing_and_the_node_is_found()
    {
        using var session = Open(SmallNetworks.Regression(between: value => (value - 100).Log()));
        var weights = session.Read("first.weight");
        var batch = SmallNetworks.Batch(4);
        var result = session.Step(batch, Settings);
        Assert.That(result.Loss, Is.NaN);
        Assert.That(result.Updated, Is.False);
        Assert.That(session.Read("first.weight"), Is.EqualTo(weights));
        Assert.That(session.FindNotFinite(batch, Settings), Does.StartWith("Log '"));
    }

    [Test]
    public void FindNotFinite_is_null_where_all_is_finite()
    {
        using var session = Open(SmallNetworks.Regression(between: value => Dropout(value, 0.5f)));
        Assert.That(session.FindNotFinite(SmallNetworks.Batch(4), Settings), Is.Null);
    }

    [Test]
    public void Dropout_drops_while_training_and_not_in_use([Values] bool ratioIsNode)
    {
        using var session = Open(SmallNetworks.Regression(between: value => Dropout(value, 0.5f, ratioIsNode)), new Sgd());
        using var without = Open(SmallNetworks.Regression());
        var batch = SmallNetworks.Batch(32);
        Assert.That(session.Evaluate(batch, []), Is.EqualTo(without.Evaluate(batch, [])).Within(1e-6));
        var still = Settings with { LearningRate = 0 };
        var losses = Enumerable.Range(0, 5).Select(seed => session.Step(batch, still with { NoiseSeed = (ulong)seed }).Loss).ToList();
        Assert.That(losses.Distinct().Count(), Is.EqualTo(5));
        Assert.That(session.Step(batch, still with { NoiseSeed = 2 }).Loss, Is.EqualTo(losses[2]));
    }

    [Test]
    public void BatchNormalization_trains_by_the_batch_and_is_used_with_its_running_statistics()
    {
        const int Hidden = 8;
        using var session = Open(SmallNetworks.Regression(Hidden, value =>
        {
            var graph = value.Graph;
            var (mean, variance) = (graph.Constant(Tensor.Of(new float[Hidden], Hidden), "mean"), graph.Constant(Tensor.Of(Enumerable.Repeat(1f, Hidden).ToArray(), Hidden), "variance"));
            return graph.Add("BatchNormalization", [value, SmallNetworks.Weight(graph, "scale", Hidden), SmallNetworks.Weight(graph, "shift", Hidden), mean, variance], ElementType.Float, value.Shape, [("momentum", 0.8f)]);
        }, ["scale", "shift"]));
        var batch = SmallNetworks.Batch(32);
        var before = session.Evaluate(batch, []);
        for (var i = 0; i < 200; i++) session.Step(batch, Settings);
        var step = session.Step(batch, Settings with { LearningRate = 0 });
        Assert.That(step.Loss, Is.LessThan(before / 2));
        Assert.That(session.Read("mean"), Has.Some.Not.Zero);
        Assert.That(session.Evaluate(batch, []), Is.EqualTo(step.Loss).Within(0.02), "the statistics have come to be the batch's");
        Assert.That(session.Tensors.Select(tensor => tensor.Name), Does.Contain("mean").And.Contain("exp_avg_sq/scale"));
    }

    [Test]
    public void BatchNormalization_by_computed_statistics_is_an_error()
    {
        const int Hidden = 8;
        var network = SmallNetworks.Regression(Hidden, value =>
        {
            var graph = value.Graph;
            var variance = graph.Constant(Tensor.Of(Enumerable.Repeat(1f, Hidden).ToArray(), Hidden), "variance");
            return graph.Add("BatchNormalization", [value, SmallNetworks.Weight(graph, "scale", Hidden), SmallNetworks.Weight(graph, "shift", Hidden), variance * 0.1f, variance], ElementType.Float, value.Shape, [("momentum", 0.8f)]);
        }, ["scale", "shift"]);
        Assert.That(() => Open(network).Dispose(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3060").And.Message.Contains("computed"));
    }

    [Test]
    public void Write_gives_a_session_the_state_of_another()
    {
        var batch = SmallNetworks.Batch(16);
        using var first = Open(SmallNetworks.Regression(), average: true);
        var settings = Settings with { AverageShare = 0.1 };
        for (var i = 0; i < 10; i++) first.Step(batch, settings);
        using var second = Open(SmallNetworks.Regression(), average: true);
        foreach (var tensor in first.Tensors) second.Write(tensor.Name, first.Read(tensor.Name));
        for (var i = 0; i < 10; i++) Assert.That(second.Step(batch, settings), Is.EqualTo(first.Step(batch, settings)));
        foreach (var tensor in first.Tensors) Assert.That(second.Read(tensor.Name), Is.EqualTo(first.Read(tensor.Name)), tensor.Name);
    }

    [Test]
    public void AverageShare_moves_the_average()
    {
        using var session = Open(SmallNetworks.Regression(), average: true);
        var start = session.Read("first.weight");
        session.Step(SmallNetworks.Batch(16), Settings with { AverageShare = 0.25 });
        var (weight, average) = (session.Read("first.weight"), session.Read("average/first.weight"));
        for (var i = 0; i < start.Length; i++) Assert.That(average[i], Is.EqualTo(start[i] + (0.25f * (weight[i] - start[i]))).Within(1e-6));
    }

    [TestCase(ElementType.Int64)]
    [TestCase(ElementType.Int32)]
    public void Step_learns_from_ids_and_labels_of_any_whole_type(ElementType type)
    {
        const int Rows = 30, Words = 7, Length = 4, Classes = 3;
        var random = new SeededRandom(2);
        var graph = new Graph("text");
        var ids = graph.Input("ids", type, Dimension.Batch, Length);
        var label = graph.Input("label", type, Dimension.Batch);
        var scores = ids.Embedding(Words, 8, random, name: "words").ReduceMean([1], keepDims: false).Dense(Classes, random, name: "scores");
        graph.Output("scores", scores);
        var loss = graph.Output("loss", Onnx.Losses.CrossEntropy()(scores, label));
        var training = new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
        var batch = new TrainingBatch([new BatchInput("ids", type, [Length]), new BatchInput("label", type, [])], Rows);
        for (var row = 0; row < Rows; row++)
        {
            for (var at = 0; at < Length; at++) Put(0, (row * Length) + at, at == row % Length ? row % Classes : 3 + ((row + at) % 4));
            Put(1, row, row % Classes);
        }

        using var session = Open(training);
        var first = session.Step(batch, Settings).Loss;
        for (var i = 0; i < 150; i++) session.Step(batch, Settings);
        var given = new float[Rows * Classes];
        Assert.That(session.Evaluate(batch, given), Is.LessThan(first / 5));
        Assert.That(Enumerable.Range(0, Rows).Count(row => given.AsSpan(row * Classes, Classes).IndexOf(given.AsSpan(row * Classes, Classes).ToArray().Max()) == row % Classes), Is.EqualTo(Rows));

        void Put(int input, int at, int value)
        {
            if (type == ElementType.Int64) batch.Elements<long>(input)[at] = value;
            else batch.Elements<int>(input)[at] = value;
        }
    }

    [Test]
    public void Step_and_Evaluate_take_bytes_signed_and_not_and_truths()
    {
        const int Rows = 4;
        var graph = new Graph("bytes");
        var (pixels, signed, mask) = (graph.Input("pixels", ElementType.UInt8, Dimension.Batch, 2), graph.Input("signed", ElementType.Int8, Dimension.Batch, 2), graph.Input("mask", ElementType.Bool, Dimension.Batch, 2));
        var weight = graph.Constant(Tensor.Of([1f, 1f], 2), "weight");
        var value = (pixels.Cast(ElementType.Float) + signed.Cast(ElementType.Float)) * mask.Cast(ElementType.Float) * weight;
        graph.Output("value", value);
        graph.Output("loss", value.ReduceSum(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = "loss", Outputs = ["value"], Weights = [new TrainedWeight("weight")] };
        var batch = new TrainingBatch([new BatchInput("pixels", ElementType.UInt8, [2]), new BatchInput("signed", ElementType.Int8, [2]), new BatchInput("mask", ElementType.Bool, [2])], Rows);
        for (var i = 0; i < 2 * Rows; i++) (batch.Elements<byte>(0)[i], batch.Elements<sbyte>(1)[i], batch.Elements<bool>(2)[i]) = ((byte)(200 + i), (sbyte)(-100 + i), i % 3 != 0);
        using var session = Open(training, new Sgd());
        var given = new float[2 * Rows];
        session.Evaluate(batch, given);
        Assert.That(given, Is.EqualTo(new[] { 0f, 102, 104, 0, 108, 110, 0, 114 }));
        session.Step(batch, new StepSettings { LearningRate = 0.001 });
        Assert.That(session.Read("weight"), Is.EqualTo(new[] { 1 - 0.212f, 1 - 0.326f }).Within(1e-6), "less the sums of the columns");
    }

    [Test]
    public void Step_corrects_the_bias_of_a_weight_from_its_own_first_update_on()
    {
        float[] Stepped(long updates, long before)
        {
            var graph = SmallNetworks.Regression();
            using var session = Open(graph with { Weights = [graph.Weights[0], .. graph.Weights.Skip(1).Select(weight => weight with { UpdatesBefore = before })] });
            session.Write("updates", [updates, 0]);
            session.Step(SmallNetworks.Batch(16), Settings);
            var values = new float[session.Tensors.Single(tensor => tensor.Name == graph.Weights[1].Name).Count];
            session.Read(graph.Weights[1].Name, values);
            return values;
        }

        Assert.That(Stepped(updates: 7, before: 7), Is.EqualTo(Stepped(updates: 0, before: 0)));
        Assert.That(Stepped(updates: 7, before: 0), Is.Not.EqualTo(Stepped(updates: 0, before: 0)));
        Assert.That(Stepped(updates: 2, before: 7), Is.All.Matches<float>(float.IsFinite));
    }

    [Test]
    public void Write_and_Read_refuse_what_is_not_there()
    {
        using var session = Open(SmallNetworks.Regression());
        Assert.That(() => session.Read("first.wieght", new float[48]), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3065").And.Message.Contains("first.weight"));
        Assert.That(() => session.Write("first.bias", new float[7]), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3062"));
    }

    [TestCase("sgd")]
    [TestCase("sgd decay")]
    [TestCase("sgd momentum")]
    [TestCase("sgd nesterov")]
    [TestCase("adam")]
    [TestCase("adam decay")]
    [TestCase("adamw")]
    [TestCase("rmsprop")]
    [TestCase("rmsprop momentum")]
    [TestCase("adagrad")]
    [TestCase("lion")]
    [TestCase("lion decay")]
    public void Step_makes_the_steps_of_the_optimizer(string name)
    {
        var (expected, rate, steps) = OptimizerReference.Of(name);
        var graph = new Graph("sum");
        var slopes = graph.Input("slopes", ElementType.Float, Dimension.Batch, expected.Length);
        var weight = graph.Constant(Tensor.Of([.. Enumerable.Range(0, expected.Length).Select(i => (float)Math.Cos(i * 0.3))], expected.Length), "weight");
        graph.Output("output", weight * slopes);
        // Its gradient is the slopes, and a tenth of the weight.
        var loss = graph.Output("loss", ((weight * slopes) + (weight * weight * 0.05f)).ReduceSum(keepDims: false));
        var (optimizer, decay) = OptimizerReference.Optimizers[name];
        using var session = Open(new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["output"], Weights = [new TrainedWeight("weight")] }, optimizer);
        var batch = new TrainingBatch([new BatchInput("slopes", ElementType.Float, [expected.Length])], 1);
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < expected.Length; i++) batch.Floats(0)[i] = (float)Math.Sin((0.7 * i) + (1.3 * step));
            session.Step(batch, new StepSettings { LearningRate = rate, WeightDecay = decay });
        }

        var values = session.Read("weight");
        for (var i = 0; i < values.Length; i++) Assert.That(values[i], Is.EqualTo(expected[i]).Within(2e-5), $"weight {i}");
    }

    protected static Value Dropout(Value value, float ratio, bool ratioIsNode = false)
    {
        var given = ratioIsNode ? value.Graph.Add("Constant", [], ElementType.Float, [], [("value", Tensor.Of([ratio]))]) : value.Graph.Constant(ratio);
        return value.Graph.Add("Dropout", [value, given], ElementType.Float, value.Shape);
    }
}
