using ModelTraining.Onnx;

namespace ModelTraining.Tests.Features.Words;

/// <summary>Words make models of text, on real data, and are part of the exported model.</summary>
public class TextQualityTests
{
    private static IDataSource Messages() => Csv.File(TestData.Shared("text/sms-spam.tsv"), label: "column0", o => o with { HasHeader = false, Quote = CsvOptions.NoQuote, Delimiter = '\t' });

    private static async Task<PipelineRun> Spam(ITrainer trainer, TemporaryFolder folder, Func<TfIdfOptions, TfIdfOptions>? configure = null) => await Pipeline
        .From(Messages())
        .Clean().Split(test: 0.3).Features(o => o with { Add = [Feature.TfIdf("column1", configure)] }).Train(trainer).Evaluate().Export(folder.File("spam.onnx")).RunAsync();

    [Test]
    public async Task Logistic_on_words_tells_spam_and_ships()
    {
        using var folder = new TemporaryFolder();
        var run = await Spam(Linear.Logistic(), folder, o => o with { MaxFeatures = 400, SublinearTf = true });
        TestContext.Out.WriteLine(run);
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.97));
        Assert.That(run.Evaluation["log_loss"], Is.LessThan(run.Evaluation.Baseline["log_loss"] / 2));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-6));
        using var predictor = Predictor.Load(folder.File("spam.onnx"));
        var rows = new[] { "WINNER!! You have won a free prize, call now:\n09061701461", "Ok, see you at home later…", "", "Ünseen wörds" }.Select(text => new Dictionary<string, object?> { ["column1"] = text }).ToList();
        var labels = rows.Select(row => predictor.Predict((IReadOnlyDictionary<string, object?>)row).Label).ToList();
        Assert.That(labels, Is.EqualTo(new[] { "spam", "ham", "ham", "ham" }));
        Assert.That(predictor.Predict(rows).Select(prediction => prediction.Label), Is.EqualTo(labels), "a batch is predicted as its rows are");
    }

    [Test]
    public async Task Boosting_on_words_tells_spam_and_can_be_fine_tuned()
    {
        using var folder = new TemporaryFolder();
        var run = await Spam(Trees.GradientBoosting(o => o with { Trees = 30 }), folder, o => o with { MaxFeatures = 150, NGramLength = 2 });
        TestContext.Out.WriteLine(run);
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.95));
        var more = await Pipeline.From(Messages())
            .Clean().Split(test: 0.3).FineTune(folder.File("spam.onnx"), o => o with { Trees = 5 }).Evaluate().Export(folder.File("more.onnx")).RunAsync();
        Assert.That(more.Exports.Single().Parity.Rows, Is.Positive);
        Assert.That(more.Evaluation["log_loss"], Is.LessThan(run.Evaluation["log_loss"] * 1.05));
    }

    [Test]
    public async Task Network_of_an_older_operator_set_on_words_beside_other_columns_ships()
    {
        using var folder = new TemporaryFolder();
        var random = new SeededRandom(5);
        var rows = Enumerable.Range(0, 400).Select(row => (Good: row % 2 == 0, Row: row)).Select(row => new { Text = $"{(row.Good ? "truly fine" : "rather bad")} number {row.Row} of them all", Size = (float)random.NextNormal(), row.Good }).ToList();
        var run = await Pipeline.From(Records.Of(rows, label: "Good")).Clean().Split().Features(o => o with { Add = [Feature.TfIdf("Text", words => words with { MaxFeatures = 20 })] })
            .Train(Networks.Of((x, outputs, random) => (x - x.ReduceMean([-1])).Dense(outputs, random), o => o with { Epochs = 30, LearningRate = 0.05 })).Evaluate().Export(folder.File("network.onnx")).RunAsync();
        Assert.That(run.Evaluation["accuracy"], Is.GreaterThan(0.9));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-5));
    }
}
