using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training.Networks;

/// <summary>Pictures that are decoded to tensors and texts that are ids of tokens, from the source to the served model.</summary>
internal sealed class TensorColumnTests
{
    private sealed record Picture(float[] Pixels, float Weight, string Kind);

    private static Picture[] Pictures { get; } =
        [.. Enumerable.Range(0, 120).Select(i => new Picture([.. Enumerable.Range(0, 36).Select(k => (float)(((k % 6) > 2) == (i % 3 == 0) ? 1 + Math.Sin(i * k) : Math.Cos(i + k)))], i % 7, i % 3 == 0 ? "right" : "left"))];

    [Test]
    public async Task Train_on_tensors_ships_a_model_that_takes_them_in_all_their_forms()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Records.Of(Pictures, label: "Kind")).Clean().Split()
            .Train(ModelTraining.Networks.Of(Convolutions, o => o with { Epochs = 15, BatchSize = 16, LearningRate = 0.01 }))
            .Evaluate().Export(folder.File("pictures.onnx")).RunAsync();

        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.9));
        Assert.That(run.Exports[0].Parity.LargestDifference, Is.LessThanOrEqualTo(Parity.Tolerance));
        var input = OnnxFile.Load(folder.File("pictures.onnx"))["Pixels"];
        Assert.That((input.Type, input.Shape![1]), Is.EqualTo((ElementType.Float, (Dimension)36)));
        using var predictor = Predictor.Load(folder.File("pictures.onnx"));
        Assert.That(predictor.Manifest.Inputs.Single(column => column.Name == "Pixels"), Has.Property("Type").EqualTo(ColumnType.Tensor).And.Property("Shape").EqualTo(new[] { 36 }));
        var picture = Pictures[0];
        var expected = predictor.Predict(picture).Probabilities.ToArray();
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(new { picture.Pixels }));
        foreach (object pixels in new object[] { picture.Pixels, (ReadOnlyMemory<float>)picture.Pixels, Array.ConvertAll(picture.Pixels, pixel => (double)pixel), json.RootElement.GetProperty("Pixels") })
        {
            Assert.That(predictor.Predict(new Dictionary<string, object?> { ["Pixels"] = pixels, ["Weight"] = picture.Weight }).Probabilities.ToArray(), Is.EqualTo(expected), pixels.GetType().Name);
        }

        Assert.That(predictor.Predict(Pictures)[0].Probabilities.ToArray(), Is.EqualTo(expected).Within(1e-6));
        Assert.That(run.Explain().Permutations.Select(permutation => permutation.Column), Is.EquivalentTo(new[] { "Pixels", "Weight" }));
    }

    [Test]
    public void Predict_of_a_tensor_that_does_not_fit_says_what_is_wanted()
    {
        using var folder = new TemporaryFolder();
        Pipeline.From(Records.Of(Pictures, label: "Kind")).Split().Train(ModelTraining.Networks.Mlp(o => o with { Epochs = 1 })).Export(folder.File("pictures.onnx")).RunAsync().GetAwaiter().GetResult();
        using var predictor = Predictor.Load(folder.File("pictures.onnx"));
        AssertUnfit(new float[35], "35 numbers");
        AssertUnfit(null, "nothing: none may be missing");
        AssertUnfit("abc", "abc");
        AssertUnfit(1f, "1 (Single)");
        AssertUnfit(Enumerable.Repeat(1L << 25, 36).ToArray(), "the whole number 33554432");
        Assert.That(() => predictor.Predict(new Table([TextColumn.From("Pixels", ["x"]), new NumberColumn("Weight", new float[1])], new Schema([new ColumnInfo("Pixels", ColumnType.Text), new ColumnInfo("Weight", ColumnType.Number)]))),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT2503").And.Message.Contains("takes tensors, not text"));

        void AssertUnfit(object? pixels, string what) =>
            Assert.That(() => predictor.Predict(new Dictionary<string, object?> { ["Pixels"] = pixels, ["Weight"] = 1f }), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT2503: column 'Pixels' takes tensors of [36], 36 numbers, not").And.Message.Contains(what).And.Message.Contains("row-major order"));
    }

    [Test]
    public async Task FineTune_of_tensors_is_as_of_columns()
    {
        var model = TestData.Shared("models/digits04-cnn/digits04-cnn.onnx");
        var lines = File.ReadAllLines(TestData.Shared("tabular/digits.csv")).Skip(1).Take(200).Select(line => Array.ConvertAll(line.Split(','), text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))).ToList();
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("digits.csv"), File.ReadLines(TestData.Shared("tabular/digits.csv")).Take(201));
        Task<PipelineRun> Tune(IDataSource source) => Pipeline.From(source).WithTask(LearningTask.MulticlassClassification).Split().FineTune(model, (FineTuneOptions o) => o with { Epochs = 1, InputScale = 1 / 16.0 }).Evaluate().RunAsync();
        var columns = await Tune(Csv.File(folder.File("digits.csv"), label: "label"));
        var tensors = await Tune(Records.Of(lines.Select(line => new { Image = line[..64], label = line[64] }), label: "label"));
        Assert.That(tensors.Model.History!.Training, Is.EqualTo(columns.Model.History!.Training));
        Assert.That(tensors.Evaluation["log_loss"], Is.EqualTo(columns.Evaluation["log_loss"]));
    }

    [Test]
    public async Task FineTune_of_ids_of_tokens_gives_each_input_of_a_network_its_column()
    {
        var random = new SeededRandom(5);
        var texts = Enumerable.Range(0, 60).Select(i => new { input_ids = Enumerable.Range(0, 12).Select(k => k == 0 ? 2 : 5 + random.Next(1995) + (i % 2 * 2000 * (k % 2))).ToArray(), attention_mask = Enumerable.Range(0, 12).Select(k => k < 6 + (i % 7) ? 1L : 0).ToArray(), Spam = i % 2 == 0 }).ToList();
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Records.Of(texts, label: "Spam")).Split()
            .FineTune(TestData.Shared("models/tiny-encoder/tiny-encoder.onnx"), (FineTuneOptions o) => o with { Epochs = 2, BatchSize = 8 }).Export(folder.File("texts.onnx")).RunAsync();
        Assert.That(run.Model.History!.Training[^1], Is.LessThan(run.Model.History.Training[0]));
        using var predictor = Predictor.Load(folder.File("texts.onnx"));
        Assert.That(predictor.Predict(texts[0]).Label, Is.EqualTo("true").Or.EqualTo("false").IgnoreCase);
    }

    [Test]
    public async Task Train_of_a_text_encoder_takes_ids_as_tensors()
    {
        var random = new SeededRandom(5);
        var texts = Enumerable.Range(0, 80).Select(i => new { Ids = Enumerable.Range(0, 6).Select(_ => (byte)(random.Next(20) + (i % 2 == 0 ? 0 : 20))).ToArray(), Late = i % 2 == 0 ? "no" : "yes" });
        var run = await Pipeline.From(Records.Of(texts, label: "Late")).Split().Train(ModelTraining.Networks.TextEncoder(o => o with { VocabularySize = 40, Width = 16, Heads = 2, Layers = 1, Epochs = 10, BatchSize = 16, LearningRate = 0.01 })).Evaluate().RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.95));
    }

    [Test]
    public void Train_on_a_tensor_that_is_not_finite_names_row_and_element()
    {
        var pictures = Pictures.Select((picture, i) => i == 4 ? picture with { Pixels = [.. picture.Pixels[..7], float.NaN, .. picture.Pixels[8..]] } : picture);
        var trained = Pipeline.From(Records.Of(pictures, label: "Kind")).Split().Train(ModelTraining.Networks.Mlp());
        Assert.That(async () => await trained.RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3083: Element 7 of the tensor of row 5 in column 'Pixels' is NaN").And.Message.Contains("leave the row out"));
        Assert.That(async () => await Pipeline.From(Records.Of(Pictures, label: "Kind")).Split().Train(Trees.GradientBoosting()).RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT2213"));
    }

    [Test]
    public void Records_of_ids_that_no_float_holds_are_an_error() =>
        Assert.That(async () => await Pipeline.From(Records.Of([new { Ids = new[] { 1L, 1L << 25 }, Y = 1f }], label: "Y")).RunAsync(),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT2112").And.Message.Contains("33554432").And.Message.Contains("Number ids from 0"));

    private static Value Convolutions(Value features, int outputs, SeededRandom random)
    {
        var image = features.Slice(0, 36, 1).Reshape(-1, 1, 6, 6).Conv2D(4, 3, random, padding: 1).Relu().Reshape(-1, 144);
        return image.Dense(16, random).Relu().Dense(outputs, random);
    }
}
