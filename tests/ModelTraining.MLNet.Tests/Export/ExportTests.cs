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
        if (name == "Gam" && task == LearningTask.MulticlassClassification)
        {
            var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await pipeline.Export(folder.File("model.onnx")).RunAsync());
            Assert.That(error!.Id, Is.EqualTo("MT3302"));
            Assert.That(error.Message, Does.Contain("OneVersusAllModelParameters").And.Contain("Save(\"model.zip\")"));
            var run = await pipeline.RunAsync();
            Assert.That(run.Warnings, Has.Some.Contains("OneVersusAllModelParameters has no form in ONNX"));
            return;
        }

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
    public void Save_folderThatIsNotThere_isNamed()
    {
        using var folder = new TemporaryFolder();
        var model = new Sample(LearningTask.Regression).Train(MLNet.Sdca());
        var error = Assert.Throws<ModelTrainingException>(() => model.Save(folder.File("nowhere/model.zip")));
        Assert.That(error!.Message, Does.StartWith("MT3303").And.Contain("nowhere").And.Contain("Choose a folder"));
    }

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
}
