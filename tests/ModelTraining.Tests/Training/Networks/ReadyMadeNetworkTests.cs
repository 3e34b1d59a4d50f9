using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training.Networks;

/// <summary>Each ready-made network learns, ships, and says what does not fit it.</summary>
public class ReadyMadeNetworkTests
{
    [Test]
    public async Task TabularResNet_learns_from_quantities_and_categories_and_ships()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 400).Select(i => new
        {
            Size = (float)Math.Sin(i * 1.7) * 10,
            Colour = i % 11 == 0 ? null : new[] { "red", "green", "blue" }[i * 7 % 3],
            Y = (new[] { 5.0, -3, 1 }[i * 7 % 3] * (i % 11 == 0 ? 0 : 1)) + (Math.Sin(i * 1.7) * 4),
        });
        var run = await Pipeline.From(Records.Of(rows, label: "Y")).Split()
            .Train(ModelTraining.Networks.TabularResNet(o => o with { Width = 32, HiddenWidth = 32, EmbeddingWidth = 8, Epochs = 60, BatchSize = 32, LearningRate = 3e-3 })).Evaluate().Export(folder.File("net.onnx")).RunAsync();
        Assert.That(run.Evaluation["r2"], Is.GreaterThan(0.9));
        Assert.That(((NetworkModel)run.Model).Weights.Keys, Has.Some.EndsWith("embedding.Colour.weight"));
        using var predictor = Predictor.Load(folder.File("net.onnx"));
        var unseen = predictor.Predict(new Dictionary<string, object?> { ["Size"] = 1f, ["Colour"] = "mauve" });
        Assert.That(unseen.Value, Is.Not.NaN);
    }

    [Test]
    public async Task ResNet_learns_pictures_of_columns()
    {
        var (features, target) = Pictures(240);
        var data = new TrainingData(features, target, Enumerable.Range(0, 180).ToArray(), Enumerable.Range(180, 60).ToArray());
        var model = await ModelTraining.Networks.ResNet(o => o with { Blocks = [1, 1], Filters = 4, Epochs = 30, BatchSize = 30, LearningRate = 0.01 }).TrainAsync(data, new TrainingContext(), default);
        Assert.That(Accuracy(model, data), Is.GreaterThan(0.9));
        Assert.That(async () => await ModelTraining.Networks.ResNet(o => o with { Channels = 3 }).TrainAsync(data, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1745"));
    }

    [Test]
    public async Task TextEncoder_learns_which_token_is_there_and_does_not_look_at_padding()
    {
        const int Length = 8;
        var random = new SeededRandom(4);
        var ids = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, Length).Select(position => position < 5 ? 1 + random.Next(9) : 0).ToArray()).ToArray();
        var target = new Target("seven", LearningTask.BinaryClassification, ids.Select(row => row.Contains(7) ? 1f : 0).ToArray(), ["no", "yes"]);
        FeatureSet Set(IReadOnlyList<int[]> rows) => new([.. Enumerable.Range(0, Length).Select(i => new FeatureInfo($"t{i}"))], [.. Enumerable.Range(0, Length).Select(i => (ReadOnlyMemory<float>)rows.Select(row => (float)row[i]).ToArray())]);
        var data = new TrainingData(Set(ids), target, Enumerable.Range(0, 240).ToArray(), Enumerable.Range(240, 60).ToArray());
        var model = await ModelTraining.Networks.TextEncoder(o => o with { VocabularySize = 10, Layers = 1, Width = 16, Heads = 2, Epochs = 40, BatchSize = 32, LearningRate = 5e-3 }).TrainAsync(data, new TrainingContext(), default);
        Assert.That(Accuracy(model, data), Is.GreaterThan(0.9));
        var graph = new Graph();
        graph.Output("y", model.Emit(graph.Input("x", ElementType.Float, Dimension.Batch, Length)));
        Assert.That(OnnxFile.ToBytes(graph), Is.Not.Empty);
        Assert.That(ModelTraining.Networks.TextEncoder(o => o with { Heads = 3 }).Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1739", "MT1739" }));
    }

    [Test]
    public async Task Of_with_a_loss_of_ones_own_makes_that_small()
    {
        var data = NetworkTrainerTests.Curve(200);
        var trainer = ModelTraining.Networks.Of((x, outputs, random) => x.Dense(16, random).Tanh().Dense(outputs, random), o => o with { Epochs = 30, LearningRate = 0.01, Loss = Losses.Quantile(0.9f) });
        var model = await trainer.TrainAsync(data, new TrainingContext(), default);
        var outputs = new float[150];
        model.Predict(data.Features, data.TrainingRows.Span, outputs);
        Assert.That(outputs.Select((output, i) => data.Target.Values[i] <= output).Count(below => below) / 150.0, Is.EqualTo(0.9).Within(0.07));
        var weighted = new TrainingData(data.Features, data.Target, data.TrainingRows, default, Enumerable.Repeat(1f, 200).ToArray());
        Assert.That(async () => await trainer.TrainAsync(weighted, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1746"));
    }

    [Test]
    public void Of_says_when_the_network_does_not_fit()
    {
        var data = NetworkTrainerTests.Curve(50);
        Assert.That(async () => await ModelTraining.Networks.Of((x, _, random) => x.Dense(3, random)).TrainAsync(data, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3068").And.Message.Contains("1 outputs"));
        Assert.That(async () => await ModelTraining.Networks.Of((_, outputs, random) => new Graph().Input("other", ElementType.Float, Dimension.Batch, 4).Dense(outputs, random)).TrainAsync(data, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3068"));
        Assert.That(async () => await ModelTraining.Networks.Of((x, outputs, _) => x.ReduceMean([1])).TrainAsync(data, new TrainingContext(), default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1738"));
    }

    private static double Accuracy(TrainedModel model, TrainingData data)
    {
        var rows = data.ValidationRows.ToArray();
        var outputs = new float[rows.Length * model.OutputCount];
        model.Predict(data.Features, rows, outputs);
        return rows.Select((row, i) => new PredictionBatch([data.Target.Values[row]], outputs.AsSpan(i * model.OutputCount, model.OutputCount)).PredictedClass(0) == (int)data.Target.Values[row]).Count(right => right) / (double)rows.Length;
    }

    /// <summary>Horizontal and vertical bars on 6 × 6 pixels, at any place, with noise.</summary>
    private static (FeatureSet Features, Target Target) Pictures(int rows)
    {
        var random = new SeededRandom(9);
        var columns = Enumerable.Range(0, 36).Select(_ => new float[rows]).ToArray();
        var target = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            target[row] = random.Next(2);
            var place = random.Next(6);
            for (var pixel = 0; pixel < 36; pixel++) columns[pixel][row] = (float)(0.2 * random.NextNormal()) + ((target[row] == 0 ? pixel / 6 : pixel % 6) == place ? 1 : 0);
        }

        return (new FeatureSet([.. Enumerable.Range(0, 36).Select(i => new FeatureInfo($"p{i}"))], [.. columns.Select(column => (ReadOnlyMemory<float>)column)]), new Target("bar", LearningTask.BinaryClassification, target, ["flat", "upright"]));
    }
}
