using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelTraining.Tests.CrossValidation;

/// <summary>Folds, scores and interval beside scikit-learn's and scipy's: tests/Data/crossvalidation/make.py.</summary>
internal sealed class AgreementTests
{
    private static JsonElement Reference { get; } = JsonDocument.Parse(File.ReadAllText(TestData.Shipped("crossvalidation/crossvalidation.json"))).RootElement;

    [Test]
    public async Task CrossValidate_ofRidge_scoresAsScikitLearn()
    {
        var run = await RunAsync("y", Linear.Ridge(o => o with { Alpha = 1 }), o => o with { Shuffle = false });

        var report = run.CrossValidation;
        Assert.That(report["r2"].Values, Is.EqualTo(Numbers("ridge_r2")).Within(1e-6));
        Assert.That(report["rmse"].Values, Is.EqualTo(Numbers("ridge_rmse")).Within(1e-6));
        var interval = Numbers("ridge_r2_interval");
        Assert.That(report["r2"].Interval.Low, Is.EqualTo(interval[0]).Within(1e-6));
        Assert.That(report["r2"].Interval.High, Is.EqualTo(interval[1]).Within(1e-6));
        var predictions = Numbers("ridge_predictions");
        Assert.That(Enumerable.Range(0, 90).Select(row => (double)report.OutOfFold[row].Value!.Value), Is.EqualTo(predictions).Within(1e-5));
    }

    [Test]
    public async Task CrossValidate_byTime_scoresAsScikitLearn()
    {
        var run = await RunAsync("y", Linear.Ridge(o => o with { Alpha = 1 }), o => o with { TimeBy = "t", Gap = 3, TestSize = 12 });

        Assert.That(run.CrossValidation["r2"].Values, Is.EqualTo(Numbers("ridge_r2_by_time")).Within(1e-6));
        Assert.That(run.CrossValidation.OutOfFold.Rows.ToArray(), Is.EqualTo(Enumerable.Range(42, 48)), "the oldest are never tested");
        Assert.That(() => run.CrossValidation.OutOfFold[3], Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2655").And.Message.Contains("Row 3 of the source"));
    }

    [Test]
    public async Task CrossValidate_ofLogisticRegression_scoresAsScikitLearn()
    {
        var run = await RunAsync("c", Linear.Logistic(o => o with { Alpha = 1 }), o => o with { Shuffle = false });

        Assert.That(run.CrossValidation["roc_auc"].Values, Is.EqualTo(Numbers("logistic_roc_auc")).Within(1e-6));
        Assert.That(run.CrossValidation["log_loss"].Values, Is.EqualTo(Numbers("logistic_log_loss")).Within(1e-5));
    }

    [Test]
    public void StudentQuantile_isAsScipyHasIt()
    {
        foreach (var pair in Reference.GetProperty("student_quantiles").EnumerateArray())
        {
            Assert.That(Distributions.StudentQuantile(0.95, pair[0].GetDouble()), Is.EqualTo(pair[1].GetDouble()).Within(1e-7));
        }
    }

    [Test]
    public void Of_undefinedFolds_countsTheOthers()
    {
        var (mean, deviation, _) = CorrectedInterval.Of([1, double.NaN, 3], 0.5);
        Assert.That((mean, deviation), Is.EqualTo((2.0, Math.Sqrt(2))));
        Assert.That(double.IsNaN(CorrectedInterval.Of([double.NaN, 2], 0.5).Deviation), Is.True);
        Assert.That(CorrectedInterval.Of([double.NaN, 2], 0.5).Mean, Is.EqualTo(2));
        Assert.That(double.IsNaN(CorrectedInterval.Of([double.NaN], 0.5).Mean), Is.True);
    }

    private static Task<PipelineRun> RunAsync(string label, ITrainer trainer, Func<CrossValidateOptions, CrossValidateOptions> configure) =>
        Pipeline.From(Csv.Text(Text(label), label: label, o => o with { Ids = ["t"] })).CrossValidate(4, o => configure(o) with { Validation = 0 })
            .Features(o => o with { Scaling = FeatureScaling.None }).Train(trainer).Evaluate().RunAsync();

    private static string Text(string label)
    {
        var text = new StringBuilder($"t,x0,x1,x2,{label}\n");
        var (x, y) = (Reference.GetProperty("x"), Reference.GetProperty(label));
        for (var row = 0; row < y.GetArrayLength(); row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{string.Join(',', x[row].EnumerateArray().Select(value => value.GetRawText()))},{y[row].GetRawText()}\n");
        }

        return text.ToString();
    }

    private static double[] Numbers(string name) => [.. Reference.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
