using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ModelTraining.Tests;

/// <summary>Ratings by users of items.</summary>
internal sealed class MatrixFactorizationTests
{
    private const int Users = 30, Items = 20;
    private const MatrixFactorizationTrainer.LossFunctionType Regression = MatrixFactorizationTrainer.LossFunctionType.SquareLossRegression;
    private const MatrixFactorizationTrainer.LossFunctionType OneClass = MatrixFactorizationTrainer.LossFunctionType.SquareLossOneClass;

    [Test]
    public void Train_equalsMLNetUsedDirectly([Values(Regression, OneClass)] MatrixFactorizationTrainer.LossFunctionType loss, [Values] bool nonNegative)
    {
        nonNegative &= loss == Regression;
        var data = Ratings();
        var model = Train(data, MLNet.MatrixFactorization(o => o with { LossFunction = loss, NonNegative = nonNegative, ApproximationRank = 4, NumberOfIterations = 10, Alpha = 0.01 }));
        var context = new MLContext();
        var view = context.Data.LoadFromEnumerable(Enumerable.Range(0, data.Features.RowCount).Select(row => new Rating { User = Key(data, 0, row), Item = Key(data, 1, row), Label = data.Target.Values[row] }));
        var direct = context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
        {
            MatrixColumnIndexColumnName = "User", MatrixRowIndexColumnName = "Item", LabelColumnName = "Label", LossFunction = loss, NonNegative = nonNegative, ApproximationRank = 4, NumberOfIterations = 10, Alpha = 0.01, NumberOfThreads = 1, Quiet = true,
        }).Fit(view).Transform(view);
        Assert.That(Predict(model, data.Features), Is.EqualTo(direct.GetColumn<float>("Score")));
    }

    [Test]
    public void Train_sameData_sameBits()
    {
        var data = Ratings();
        Assert.That(Predict(Train(data, MLNet.MatrixFactorization()), data.Features), Is.EqualTo(Predict(Train(data, MLNet.MatrixFactorization(), threads: 3), data.Features)));
    }

    [Test]
    public void Predict_keysThatTrainingHasNotSeen_getTheMean()
    {
        var data = Ratings();
        var model = Train(data, MLNet.MatrixFactorization());
        var pairs = Pairs([float.NaN, 0, float.NaN, Users], [0, float.NaN, float.NaN, 0]);
        Assert.That(Predict(model, pairs), Is.All.EqualTo(data.Target.Values.ToArray().Average()).Within(1e-5));
    }

    [Test]
    public async Task MovieLens_beatsTheMean_andIsExported()
    {
        using var folder = new TemporaryFolder();
        var source = Csv.File(TestData.Shared("recommendation/movielens-small-ratings-train.csv"), label: "rating",
            o => o with { Ignored = ["timestamp"], Types = new Dictionary<string, ColumnType> { ["userId"] = ColumnType.Text, ["movieId"] = ColumnType.Text } });
        var run = await Pipeline.From(source).WithTask(LearningTask.Regression).Split(validation: 0).Train(MLNet.MatrixFactorization()).Evaluate().Export(folder.File("ratings.onnx")).RunAsync();

        TestContext.Out.WriteLine($"rmse {run.Evaluation["rmse"]}, of the mean {run.Evaluation.Baseline["rmse"]}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Evaluation.Baseline["rmse"], Is.GreaterThan(1));
            Assert.That(run.Evaluation["rmse"], Is.LessThan(0.92));
            Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-5));
        }

        using var predictor = Predictor.Load(folder.File("ratings.onnx"));
        Assert.That(predictor.Manifest.Trainer, Is.EqualTo("MLNet.MatrixFactorization"));
        var mean = predictor.Predict(new Dictionary<string, object?> { ["userId"] = "nobody", ["movieId"] = "1" }).Value;
        Assert.That(mean, Is.EqualTo(run.Split.TrainingRows.ToArray().Average(row => run.Target.Values[row])).Within(1e-3));
        Assert.That(predictor.Predict(new Dictionary<string, object?> { ["userId"] = "1", ["movieId"] = "1" }).Value, Is.Not.EqualTo(mean));
    }

    [Test]
    public void Save_asMLNetDoes_predictsTheSame()
    {
        using var folder = new TemporaryFolder();
        var data = Ratings();
        var model = Train(data, MLNet.MatrixFactorization());
        model.Save(folder.File("model.zip"));
        var context = new MLContext();
        var loaded = context.Model.Load(folder.File("model.zip"), out var schema);
        Assert.That(schema.Select(column => column.Name), Is.EqualTo(new[] { "MatrixColumnIndex", "MatrixRowIndex" }));
        Assert.That(loaded.Transform(new PairView(data, default)).GetColumn<float>("Score"), Is.EqualTo(Predict(model, data.Features)));
    }

    [Test]
    public void Train_weights_areToldOf()
    {
        var data = Ratings();
        var warnings = new List<string>();
        Train(new TrainingData(data.Features, data.Target, data.TrainingRows, default, Enumerable.Repeat(2f, data.Features.RowCount).ToArray()), MLNet.MatrixFactorization(), warn: warnings.Add);
        Assert.That(warnings, Has.Some.Contains("MLNet.MatrixFactorization takes no weights"));
    }

    [Test]
    public void Train_cancelled_throwsThat()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(async () => await MLNet.MatrixFactorization().TrainAsync(Ratings(), new TrainingContext(), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_quantities_areRefused()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Train(new Sample(LearningTask.Regression, features: 3).Data, MLNet.MatrixFactorization()));
        Assert.That(error!.Message, Does.StartWith("MT3310").And.Contain("Got 3: 'x0' (a quantity)").And.Contain("read as text"));
    }

    [Test]
    public void Train_classes_areRefused()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Train(new Sample(LearningTask.MulticlassClassification, features: 3).Data, MLNet.MatrixFactorization()));
        Assert.That(error!.Message, Does.StartWith("MT3301").And.Contain("'y' has 3 classes").And.Contain("WithTask(LearningTask.Regression)"));
    }

    [Test]
    public void Validate_optionsOutOfRange_areAllNamed()
    {
        var wrong = MLNet.MatrixFactorization(o => o with { Lambda = 0, ApproximationRank = 0, NumberOfIterations = 0, LearningRate = -1, Alpha = double.NaN, NumberOfThreads = 0, LossFunction = (MatrixFactorizationTrainer.LossFunctionType)5 });
        Assert.That(wrong.Validate().Select(problem => problem.Id), Is.EqualTo(Enumerable.Repeat("MT1510", 7)));
        Assert.That(wrong.Validate().First(problem => problem.Message.Contains("Lambda", StringComparison.Ordinal)).Message, Is.EqualTo("The 'Lambda' option of MLNet.MatrixFactorization must be above 0. Got 0."));
        Assert.That(MLNet.MatrixFactorization().Validate(), Is.Empty);
    }

    [Test]
    public void Validate_whatEndsTheProcess_isRefused()
    {
        var problem = MLNet.MatrixFactorization(o => o with { LossFunction = OneClass, NonNegative = true }).Validate().Single();
        Assert.That(problem.ToString(), Does.StartWith("MT1515").And.Contain("NonNegative").And.Contain("SquareLossOneClass"));
    }

    private static TrainingData Ratings()
    {
        var random = new SeededRandom(3);
        var taste = Enumerable.Range(0, Users).Select(_ => random.NextNormal()).ToArray();
        var style = Enumerable.Range(0, Items).Select(_ => random.NextNormal()).ToArray();
        // Every key occurs, as the encoding sees to it.
        var pairs = Enumerable.Range(0, 400).Select(i => (User: i % Users, Item: (i * 7) % Items)).ToArray();
        var ratings = pairs.Select(pair => (float)(3 + (taste[pair.User] * style[pair.Item]) + (0.1 * random.NextNormal()))).ToArray();
        var features = Pairs([.. pairs.Select(pair => (float)pair.User)], [.. pairs.Select(pair => (float)pair.Item)]);
        return new TrainingData(features, new Target("rating", LearningTask.Regression, ratings, []), Enumerable.Range(0, 400).ToArray(), default);
    }

    private static FeatureSet Pairs(float[] users, float[] items) =>
        new([new FeatureInfo("user", FeatureKind.Category, Users), new FeatureInfo("item", FeatureKind.Category, Items)], [users, items]);

    // In objects ML.NET's keys begin at 0.
    private static uint Key(TrainingData data, int feature, int row) => (uint)data.Features.Column(feature)[row];

    private static MLNetModel Train(TrainingData data, ITrainer trainer, int threads = 1, Action<string>? warn = null) =>
        (MLNetModel)trainer.TrainAsync(data, new TrainingContext { Threads = threads, Warn = warn ?? (_ => { }) }, default).AsTask().GetAwaiter().GetResult();

    private static float[] Predict(TrainedModel model, FeatureSet features)
    {
        var outputs = new float[features.RowCount];
        model.Predict(features, Enumerable.Range(0, features.RowCount).ToArray(), outputs);
        return outputs;
    }

    private sealed class Rating
    {
        [KeyType(Users)]
        public uint User { get; set; }

        [KeyType(Items)]
        public uint Item { get; set; }

        public float Label { get; set; }
    }
}
