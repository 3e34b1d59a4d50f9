using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training.Networks;

public class NetworkTrainerTests
{
    private static ITrainer Small(Func<MlpOptions, MlpOptions>? configure = null) =>
        ModelTraining.Networks.Mlp(o => (configure ?? (options => options))(o with { Hidden = [16], Epochs = 20, BatchSize = 16, LearningRate = 0.01 }));

    [Test]
    public async Task Train_of_classes_is_far_better_than_a_guess_and_ships()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Csv.File(Path.Combine(TestData.Root, "samples/data/breast-cancer-wdbc.csv"), label: "label"))
            .Clean().Split(test: 0.2, validation: 0.1).Train(Small()).Evaluate().Export(folder.File("net.onnx")).RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.98));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThan(1e-4));
        Assert.That(run.Model, Is.TypeOf<NetworkModel>());
        Assert.That(run.Model.History!.Validation, Is.Not.Empty);
    }

    [Test]
    public async Task Train_of_numbers_predicts_them_in_their_own_unit()
    {
        var data = Curve(400);
        var model = await Small(o => o with { Epochs = 60 }).TrainAsync(data, new TrainingContext(), default);
        var outputs = new float[100];
        model.Predict(data.Features, data.ValidationRows.Span, outputs);
        var error = Math.Sqrt(outputs.Select((output, i) => Math.Pow(output - data.Target.Values[300 + i], 2)).Average());
        Assert.That(error, Is.LessThan(25), "the deviation of the target is about 100");
    }

    [Test]
    public async Task Train_gives_the_same_bits_for_the_same_seed_and_threads()
    {
        async Task<float[]> Predictions(int threads)
        {
            var data = Curve(400);
            var model = await Small(o => o with { Hidden = [2000, 100], BatchSize = 64, Epochs = 1, Dropout = 0.2 }).TrainAsync(data, new TrainingContext { Threads = threads }, default);
            var outputs = new float[400];
            model.Predict(data.Features, Enumerable.Range(0, 400).ToArray(), outputs, threads);
            return outputs;
        }

        var one = await Predictions(1);
        Assert.That(await Predictions(1), Is.EqualTo(one));
        var three = await Predictions(3);
        Assert.That(await Predictions(3), Is.EqualTo(three));
        Assert.That(three, Is.EqualTo(one).Within(0.1), "of numbers of about 100: sums are cut where threads meet");
    }

    [Test]
    public async Task Train_with_weights_is_as_if_rows_were_repeated()
    {
        var (features, target) = (Features(60), Target(60));
        var weights = Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? 2f : 1).ToArray();
        var repeated = Enumerable.Range(0, 60).SelectMany(row => Enumerable.Repeat(row, (int)weights[row])).ToArray();
        var options = (MlpOptions o) => o with { BatchSize = 1000, Epochs = 5, Optimizer = new Sgd(), WeightDecay = 0, MaxGradNorm = 0 };
        var weighted = await Small(options).TrainAsync(new TrainingData(features, target, Enumerable.Range(0, 60).ToArray(), default, weights), new TrainingContext(), default);
        var plain = await Small(options).TrainAsync(new TrainingData(features, target, repeated, default), new TrainingContext(), default);
        var (a, b) = (new float[60], new float[60]);
        weighted.Predict(features, Enumerable.Range(0, 60).ToArray(), a);
        plain.Predict(features, Enumerable.Range(0, 60).ToArray(), b);
        Assert.That(a, Is.EqualTo(b).Within(0.05), "of numbers of about 100");
    }

    [Test]
    public async Task Train_stops_early_and_restores_the_best_weights()
    {
        var data = Curve(60, noise: 300);
        var model = await Small(o => o with { Hidden = [128], Epochs = 500, Patience = 5 }).TrainAsync(data, new TrainingContext(), default);
        var history = model.History!;
        Assert.That(history.Validation, Has.Count.LessThan(500));
        Assert.That(history.BestStep, Is.EqualTo(history.Validation.Count - 5));
        Assert.That(history.Validation[history.BestStep - 1], Is.EqualTo(history.Validation.Min()));
        var outputs = new float[data.ValidationRows.Length];
        model.Predict(data.Features, data.ValidationRows.Span, outputs);
        var deviation = Math.Sqrt(data.TrainingRows.ToArray().Select(row => Math.Pow(data.Target.Values[row] - data.TrainingRows.ToArray().Average(other => data.Target.Values[other]), 2)).Average());
        var loss = outputs.Select((output, i) => Math.Pow((output - data.Target.Values[data.ValidationRows.Span[i]]) / deviation, 2)).Average();
        Assert.That(loss, Is.EqualTo(history.Validation.Min()).Within(1e-4));
    }

    [Test]
    public async Task Train_goes_by_the_monitored_metric()
    {
        var model = await Small(o => o with { Monitor = "r2", Epochs = 30 }).TrainAsync(Curve(200), new TrainingContext(), default);
        Assert.That(model.History!.BestStep, Is.GreaterThan(1));
        Assert.That(async () => await Small(o => o with { Monitor = "roc_auc" }).TrainAsync(Curve(200), new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1736"));
        Assert.That(Small(o => o with { Monitor = "lss" }).Validate().Single().Message, Does.Contain("loss"));
    }

    [Test]
    public async Task Train_cancelled_returns_the_best_model_so_far()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new Told(report => { if (report.Completed > 40) cancel.Cancel(); });
        var model = await Small(o => o with { Epochs = 10_000, Patience = 10_000 }).TrainAsync(Curve(200), new TrainingContext { Progress = progress }, cancel.Token);
        Assert.That(model.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(model.History!.Training, Has.Count.LessThan(10_000).And.Count.GreaterThan(0));
    }

    [Test]
    public void Train_cancelled_before_the_first_step_throws()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Assert.That(async () => await Small().TrainAsync(Curve(50), new TrainingContext(), cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_that_diverges_says_where()
    {
        var trainer = ModelTraining.Networks.Of((features, outputs, _) => (features - 100).Log() * SmallWeight(features.Graph), o => o with { Epochs = 1 });
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await trainer.TrainAsync(Curve(50, features: 1), new TrainingContext(), default))!;
        Assert.That(error.Message, Does.Contain("MT3066").And.Contain("update 1 (epoch 1, batch 1 of 1, rows").And.Contain("Log '").And.Contain("LearningRate"));
    }

    [TestCase(17, "The loss is not finite at update 1 (epoch 1, batch 1 of 1, rows 17, each by itself, among 30); the first node")]
    [TestCase(33, "The loss on the validation part is not finite after epoch 1 (rows 33, each by itself, among 10). Lower 'LearningRate'")]
    public void Train_of_a_row_that_gives_no_number_names_the_row(int wrong, string message)
    {
        var column = Enumerable.Range(0, 40).Select(row => row == wrong ? -5f : row + 1).ToArray();
        var data = new TrainingData(new FeatureSet([new FeatureInfo("x")], [column]), new Target("y", LearningTask.Regression, column.Select(x => x * 2).ToArray(), []), Enumerable.Range(0, 30).ToArray(), Enumerable.Range(30, 10).ToArray());
        var trainer = ModelTraining.Networks.Of((features, outputs, _) => features.Log() * SmallWeight(features.Graph), o => o with { Epochs = 1 });
        Assert.That(async () => await trainer.TrainAsync(data, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3066").And.Message.Contains(message));
    }

    [Test]
    public void Train_in_a_pipeline_that_diverges_names_rows_of_the_source()
    {
        // The first ten rows are cleaned away: what is row 1 then was row 11.
        var rows = Enumerable.Range(0, 70).Select(i => new { X = i < 10 ? 0f : i, Y = i < 10 ? 0f : i * i });
        var trained = Pipeline.From(Records.Of(rows, label: "Y")).Clean().Split(o => o with { Shuffle = false })
            .Train(ModelTraining.Networks.Of((features, outputs, _) => (features - 100).Log() * SmallWeight(features.Graph), o => o with { Epochs = 1, BatchSize = 100 }));
        var message = Assert.ThrowsAsync<ModelTrainingException>(async () => await trained.RunAsync())!.Message;
        Assert.That(message, Does.Match(@"MT3066: The loss is not finite at update 1 \(epoch 1, batch 1 of 1, rows (\d+, ){8}… of the source\).*NetworkTrainerTests\.cs"));
        var named = message[(message.IndexOf("rows ", StringComparison.Ordinal) + 5)..message.IndexOf(", …", StringComparison.Ordinal)].Split(", ").Select(row => int.Parse(row, System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(named, Is.All.EqualTo(1).Or.All.GreaterThan(10).Or.All.InRange(1, 70));
        Assert.That(named.Where(row => row is > 1 and <= 10), Is.Empty, "these rows are gone");
    }

    [TestCase(64)]
    [TestCase(50)]
    public void Train_of_a_network_that_mixes_rows_says_so_whatever_the_batch(int batchSize)
    {
        ModelTrainingException Of(Func<Value, Value> reshape) => Assert.ThrowsAsync<ModelTrainingException>(async () =>
            await ModelTraining.Networks.Of((x, outputs, random) => reshape(x).Dense(outputs, random), o => o with { BatchSize = batchSize }).TrainAsync(Curve(400, features: 10), new TrainingContext(), default))!;
        var mixed = Of(x => x.Reshape(-1, 5));
        Assert.That(mixed.Message, Does.Contain("MT3068").And.Contain("2 rows for each row").And.Contain("reshapes"));
        var unfit = Of(x => x.Reshape(-1, 1, 5, 5).Reshape(-1, 25));
        Assert.That(unfit.Message, Does.Contain("MT3100").And.Contain("Float[2, 10]").And.Contain("'Reshape_"));
        Assert.That(unfit.Place, Is.Null, "a pipeline adds stage and line");
    }

    [Test]
    public void Train_with_a_loss_that_does_not_fit_says_what_it_is_given()
    {
        string Of(Func<Value, Value, Value> loss, TrainingData? data = null) => Assert.ThrowsAsync<ModelTrainingException>(async () => await Small(o => o with { Loss = loss }).TrainAsync(data ?? Curve(50), new TrainingContext(), default))!.Message;
        Assert.That(Of((predictions, targets) => (predictions - targets).Abs()), Does.Contain("MT3090: A loss is one number, and this one gives Abs_").And.Contain("ReduceMean(keepDims: false)").And.Contain("is given predictions, "));
        Assert.That(Of((predictions, _) => new Graph().Input("x", ElementType.Float, 1)), Does.Contain("MT3090").And.Contain("another graph"));
        Assert.That(Of(Losses.MeanSquaredError(), FineTuning.StoppedTraining.Rows(40)), Does.Contain("MT3101").And.Contain("The 'Loss' option is given scores, ").And.Contain("and positions of classes, table.target: Int64[batch]"));
    }

    [Test]
    public async Task Train_that_learns_nothing_warns()
    {
        async Task<List<string>> Warnings(double rate, TrainingData data)
        {
            var warnings = new List<string>();
            await Small(o => o with { LearningRate = rate, Epochs = 5 }).TrainAsync(data, new TrainingContext { Warn = warnings.Add }, default);
            return warnings;
        }

        foreach (var data in new[] { Curve(200), FineTuning.StoppedTraining.Rows(100) })
        {
            Assert.That(await Warnings(3, data), Has.One.Contains("has learned nothing in 5 epochs").And.One.Contains("Lower 'LearningRate' (3)"));
            Assert.That(await Warnings(0.01, data), Is.Empty);
        }
    }

    [Test]
    public async Task Train_freezes_and_slows_groups()
    {
        float[] Weight(TrainedModel model, string name) => ((NetworkModel)model).Weights[name].Elements<float>().ToArray();
        var data = Curve(100);
        var start = await Small(o => o with { Epochs = 1, LearningRate = 1e-12, WeightDecay = 0 }).TrainAsync(data, new TrainingContext(), default);
        var frozen = await Small(o => o with { Epochs = 2, ParameterGroups = [new ParameterGroup("hidden1.*") { Frozen = true }] }).TrainAsync(data, new TrainingContext(), default);
        Assert.That(Weight(frozen, "hidden1.weight"), Is.EqualTo(Weight(start, "hidden1.weight")).Within(1e-6));
        Assert.That(Weight(frozen, "output.weight"), Is.Not.EqualTo(Weight(start, "output.weight")).Within(1e-3));
        Assert.That(async () => await Small(o => o with { ParameterGroups = [new ParameterGroup("hiden1.weight")] }).TrainAsync(data, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("hidden1.weight"));
    }

    [Test]
    public void Train_without_a_weight_that_learns_says_why()
    {
        string Of(ITrainer trainer) => Assert.ThrowsAsync<ModelTrainingException>(async () => await trainer.TrainAsync(Curve(50), new TrainingContext(), default))!.Message;
        Assert.That(Of(Small(o => o with { ParameterGroups = [new ParameterGroup("*") { Frozen = true }] })), Does.Contain("MT1738").And.Contain("all are frozen"));
        Assert.That(Of(Small(o => o with { Loss = (_, targets) => targets.ReduceMean(keepDims: false) })), Does.Contain("MT1738").And.Contain("no weight that its loss depends on"));
    }

    [TestCase(typeof(ExponentialAveraging))]
    [TestCase(typeof(StochasticAveraging))]
    public async Task Train_with_averaging_keeps_the_average(Type averaging)
    {
        var data = Curve(200);
        var kind = (WeightAveraging)Activator.CreateInstance(averaging)!;
        var plain = await Small(o => o with { RestoreBestWeights = false }).TrainAsync(data, new TrainingContext(), default);
        var averaged = await Small(o => o with { RestoreBestWeights = false, Averaging = kind }).TrainAsync(data, new TrainingContext(), default);
        Assert.That(averaged.History!.Training, Is.EqualTo(plain.History!.Training), "the training itself is the same");
        var (a, b) = (new float[100], new float[100]);
        plain.Predict(data.Features, Enumerable.Range(0, 100).ToArray(), a);
        averaged.Predict(data.Features, Enumerable.Range(0, 100).ToArray(), b);
        Assert.That(b, Is.Not.EqualTo(a));
        Assert.That(b, Is.EqualTo(a).Within(60));
    }

    [Test]
    public async Task Train_gathers_batches_into_one_update()
    {
        var data = Curve(96);
        var whole = await Small(o => o with { BatchSize = 32, Epochs = 3 }).TrainAsync(data, new TrainingContext(), default);
        var parts = await Small(o => o with { BatchSize = 8, GradientAccumulationSteps = 4, Epochs = 3 }).TrainAsync(data, new TrainingContext(), default);
        Assert.That(parts.History!.Training, Is.EqualTo(whole.History!.Training).Within(1e-4));
    }

    /// <summary>What a part has gathered must not wait for the next, whose gradients it would be added to.</summary>
    [Test]
    public async Task Train_gathers_batches_whose_last_count_nothing_into_one_update()
    {
        var rows = Curve(96);
        var data = new TrainingData(rows.Features, rows.Target, rows.TrainingRows, rows.ValidationRows, Enumerable.Range(0, 96).Select(row => row % 12 == 0 || row > 71 ? 1f : 0).ToArray());
        var whole = await Small(o => o with { BatchSize = 32, Epochs = 5 }).TrainAsync(data, new TrainingContext(), default);
        var parts = await Small(o => o with { BatchSize = 4, GradientAccumulationSteps = 8, Epochs = 5 }).TrainAsync(data, new TrainingContext(), default);
        Assert.That(parts.History!.Training, Is.EqualTo(whole.History!.Training).Within(1e-4));
        Assert.That(parts.History.Validation, Is.EqualTo(whole.History.Validation).Within(1e-4));
    }

    [Test]
    public async Task Train_reports_progress_with_the_time_left()
    {
        var told = new List<TrainingProgress>();
        await Small(o => o with { Epochs = 5 }).TrainAsync(Curve(100), new TrainingContext { Progress = new Told(told.Add) }, default);
        Assert.That(told[^1].Completed, Is.EqualTo(told[^1].Total));
        Assert.That(told.Where(report => report.Completed > 0).All(report => report.Remaining is not null), Is.True);
        Assert.That(told[^1].ValidationScore, Is.Not.Null);
    }

    [Test]
    public void Validate_says_all_that_is_wrong()
    {
        var problems = ModelTraining.Networks.Mlp(o => o with
        {
            Epochs = 0, BatchSize = 0, LearningRate = 0, WeightDecay = -1, WarmupRatio = 1, GradientAccumulationSteps = 0, MaxGradNorm = -1, Patience = 0, MinDelta = -1, Monitor = "x",
            Hidden = [0], Dropout = 1, Optimizer = new Adam { Beta1 = 1, Epsilon = 0 }, Schedule = new StepSchedule { Every = 0 }, Averaging = new ExponentialAveraging { Decay = 1 },
            ParameterGroups = [new ParameterGroup("*") { LearningRateFactor = -1 }],
        }).Validate().Select(problem => problem.Id);
        Assert.That(problems, Is.EquivalentTo(new[]
        {
            "MT1724", "MT1725", "MT1726", "MT1727", "MT1728", "MT1729", "MT1730", "MT1731", "MT1732", "MT1733", "MT1720", "MT1721", "MT1723", "MT1734", "MT1735", "MT1739", "MT1740",
        }));
        problems = ModelTraining.Networks.Mlp(o => o with { Optimizer = null!, Schedule = null!, ParameterGroups = default, Monitor = null!, Backend = null! }).Validate().Select(problem => problem.Id);
        Assert.That(problems, Is.EqualTo(Enumerable.Repeat("MT1754", 5)));
        Assert.That(ModelTraining.Networks.Mlp(o => o with { ParameterGroups = [new ParameterGroup(null!)] }).Validate().Single().Message, Does.Contain("has no pattern"));
        Assert.That(new Sgd { Nesterov = true }.Validate().Single().Id, Is.EqualTo("MT1722"));
    }

    private static Value SmallWeight(Graph graph) => graph.Constant(Tensor.Of([1f], 1, 1), "scale.weight");

    internal static FeatureSet Features(int rows, int features = 3) => new(
        [.. Enumerable.Range(0, features).Select(i => new FeatureInfo($"f{i}"))],
        [.. Enumerable.Range(0, features).Select(i => (ReadOnlyMemory<float>)Enumerable.Range(0, rows).Select(row => (float)Math.Sin((row + 1) * (i + 2) * 0.37)).ToArray())]);

    internal static Target Target(int rows, double noise = 0)
    {
        var features = Features(rows);
        var random = new SeededRandom(3);
        return new Target("y", LearningTask.Regression, Enumerable.Range(0, rows).Select(row => (float)(500 + (100 * features.Column(0)[row] * features.Column(1)[row]) + (80 * features.Column(2)[row]) + (noise * random.NextNormal()))).ToArray(), []);
    }

    /// <summary>Three quarters of the rows for training, the others for validation.</summary>
    internal static TrainingData Curve(int rows, double noise = 0, int features = 3) =>
        new(Features(rows, features), Target(rows, noise), Enumerable.Range(0, rows * 3 / 4).ToArray(), Enumerable.Range(rows * 3 / 4, rows - (rows * 3 / 4)).ToArray());

    private sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
