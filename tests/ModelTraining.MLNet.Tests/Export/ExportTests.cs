using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining.Tests;

/// <summary>Through the whole pipeline into one file, with the rows that ONNX Runtime predicts held against ML.NET's.</summary>
internal sealed class ExportTests
{
    [TestCaseSource(typeof(Trainers), nameof(Trainers.Cases))]
    public async Task Export_equalsMLNet(string name, LearningTask task)
    {
        var pipeline = Pipeline.From(Rows(task)).Clean().Split().Train(Trainers.Make(name)).Evaluate();
        using var folder = new TemporaryFolder();
        var exported = await pipeline.Export(folder.File("model.onnx")).RunAsync();
        Assert.That(exported.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
        Assert.That(exported.Evaluation.Metrics, Is.Not.Empty);
        using var predictor = Predictor.Load(folder.File("model.onnx"));
        Assert.That(predictor.Manifest.Trainer, Is.EqualTo($"MLNet.{name}"));
    }

    [Test]
    public async Task Export_anyEstimator_isConverted()
    {
        var trainer = MLNet.Use(context => context.Transforms.NormalizeMeanVariance("Features").Append(context.Regression.Trainers.OnlineGradientDescent()));
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Rows(LearningTask.Regression)).Split().Train(trainer).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Exports, Has.Count.EqualTo(1));
        Assert.That(run.Warnings, Has.None.Contains("ONNX"));
    }

    [Test]
    public void Export_estimatorThatCannotBeConverted_isNamedBeforeItTrains()
    {
        using var folder = new TemporaryFolder();
        var rows = new List<long?>();
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await Pipeline.From(Rows(LearningTask.BinaryClassification)).Split().Train(Unconvertible(rows)).Evaluate().Export(folder.File("model.onnx")).RunAsync());
        Assert.That(error!.Message, Does.Contain("MT3302: LdSvmModelParameters has no form in ONNX").And.Contain("Save(\"model.zip\")").And.Contain("ExportTests.cs"));
        Assert.That(rows, Is.EqualTo(new[] { 64 }), "It was to be tried on 32 rows of each class, and on no more.");
    }

    [Test]
    public async Task Export_notAskedFor_estimatorThatCannotBeConverted_isWarnedOfOnce()
    {
        var rows = new List<long?>();
        var run = await Pipeline.From(Rows(LearningTask.BinaryClassification)).Split().Train(Unconvertible(rows)).Evaluate().RunAsync();
        Assert.That(run.Warnings.Count(warning => warning.Contains("LdSvmModelParameters has no form in ONNX", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(rows, Is.EqualTo(new long?[] { 64, run.Split.TrainingRows.Length }));
    }

    [Test]
    public async Task Export_oneVersusAllOfAGam_isConverted()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Rows(LearningTask.MulticlassClassification)).Split()
            .Train(MLNet.OneVersusAll(Trainers.Make("Gam"))).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
        Assert.That(run.Warnings, Has.None.Contains("ONNX"));
    }

    [Test]
    public async Task Export_oneVersusAll_isConverted()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Rows(LearningTask.MulticlassClassification)).Split()
            .Train(MLNet.OneVersusAll(MLNet.Lbfgs())).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
    }

    // Its graph has the sum over an axis, which newer operator sets write in another way than ML.NET's converter.
    [Test]
    public async Task Export_lightGbmBySoftmax_isConverted()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Rows(LearningTask.MulticlassClassification)).Split()
            .Train(MLNet.LightGbm(o => o with { NumberOfIterations = 20, UseSoftmax = true })).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
    }

    [Test]
    public void Save_asMLNetDoes_predictsTheSame()
    {
        using var folder = new TemporaryFolder();
        var sample = new Sample(LearningTask.Regression);
        var model = sample.Train(Trainers.Make("Gam"));
        model.Save(folder.File("model.zip"));
        var context = new MLContext();
        var loaded = context.Model.Load(folder.File("model.zip"), out var schema);
        Assert.That(schema["Features"].Type, Is.EqualTo(model.InputSchema["Features"].Type));
        Assert.That(loaded.Transform(DirectMLNet.View(context, sample.Data, sample.Data.TrainingRows)).GetColumn<float>("Score"), Is.EqualTo(sample.Predict(model)));
    }

    [Test]
    public void Save_afterTraining_leavesNoTemporaryFolder()
    {
        using var folder = new TemporaryFolder();
        var temporary = "";
        var model = new Sample(LearningTask.Regression).Train(MLNet.Use(context =>
        {
            temporary = context.TempFilePath;
            return context.Regression.Trainers.Sdca();
        }));
        ((MLNetModel)model).Save(folder.File("model.zip"));
        Assert.That(temporary, Does.Contain("ModelTraining-"));
        Assert.That(temporary, Does.Not.Exist);
    }

    [Test]
    public void Save_folderThatIsNotThere_isNamed()
    {
        using var folder = new TemporaryFolder();
        var model = new Sample(LearningTask.Regression).Train(MLNet.Sdca());
        var error = Assert.Throws<ModelTrainingException>(() => model.Save(folder.File("nowhere/model.zip")));
        Assert.That(error!.Message, Does.StartWith("MT3303").And.Contain("nowhere").And.Contain("Choose a folder"));
    }

    private static ITrainer Unconvertible(List<long?> rows) => MLNet.Use(context => new Counting(rows).Append(context.BinaryClassification.Trainers.LdSvm(numberOfIterations: 100)));

    private static IDataSource Rows(LearningTask task)
    {
        var sample = new Sample(task, rows: 500);
        var target = sample.Data.Target;
        return Records.Of(
            Enumerable.Range(0, 500).Select(row => new
            {
                A = sample.Features.Column(0)[row],
                B = row % 17 == 0 ? float.NaN : sample.Features.Column(1)[row],
                C = sample.Features.Column(2)[row] > 0.2 ? "red" : sample.Features.Column(2)[row] > -0.5 ? "green" : "blue",
                Number = target.Values[row],
                Class = target.Classes.Count > 0 ? target.Classes[(int)target.Values[row]] : "",
            }),
            label: task == LearningTask.Regression ? "Number" : "Class", roles => roles with { Ignored = [task == LearningTask.Regression ? "Class" : "Number"] });
    }

    /// <summary>Leaves the rows as they are, and writes down how many it was fitted on.</summary>
    private sealed class Counting(List<long?> rows) : IEstimator<ITransformer>
    {
        private readonly Microsoft.ML.Transforms.ColumnCopyingEstimator _inner = new MLContext().Transforms.CopyColumns("Same", "Features");

        public ITransformer Fit(IDataView input)
        {
            rows.Add(input.GetRowCount());
            return _inner.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _inner.GetOutputSchema(inputSchema);
    }
}
