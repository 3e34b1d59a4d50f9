using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Calibration;

internal sealed class CalibrateTests
{
    private static readonly ITrainer Sharpened = new SharpenedTrainer(Trees.GradientBoosting(options => options with { Trees = 40, Leaves = 7 }));

    [TestCase(CalibrationMethod.Platt)]
    [TestCase(CalibrationMethod.Isotonic)]
    [TestCase(CalibrationMethod.Temperature)]
    public async Task Calibrate_model_that_is_too_sure_makes_probabilities_better_and_is_exported(CalibrationMethod method)
    {
        using var folder = new TemporaryFolder();
        var split = Pipeline.From(Given.Shop(3000)).Clean().Split(test: 0.3, validation: 0.3);

        var plain = await split.Train(Sharpened).Evaluate().RunAsync();
        var run = await split.Train(Sharpened).Calibrate(method).Evaluate().Export(folder.File("shop.onnx")).RunAsync();

        using var predictor = Predictor.Load(folder.File("shop.onnx"));
        var rows = run.Split.TestRows;
        var managed = new float[rows.Length * 2];
        run.Model.Predict(run.Exporter!.Data.Features, rows.Span, managed);
        var origins = rows.ToArray().Select(run.Table.Origin).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(run.Evaluation["brier_score_loss"], Is.LessThan(0.97 * plain.Evaluation["brier_score_loss"]));
            Assert.That(run.Evaluation["expected_calibration_error"], Is.LessThan(0.7 * plain.Evaluation["expected_calibration_error"]));
            Assert.That(run.Evaluation["roc_auc"], Is.EqualTo(plain.Evaluation["roc_auc"]).Within(method == CalibrationMethod.Isotonic ? 0.01 : 1e-6));
            Assert.That(run.Evaluation.CalibrationBefore.Select(bin => bin.Observed), Is.EqualTo(plain.Evaluation.Calibration.Select(bin => bin.Observed)));
            Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(1e-5));
            Assert.That(predictor.Predict(run.Source.Take(origins)).Scores.ToArray(), Is.EqualTo(managed).Within(1e-3));
            Assert.That(predictor.Manifest.Calibration, Is.EqualTo(run.Report<CalibrationReport>()!.Description));
            Assert.That(((CalibratedModel)run.Model).Inner.Trainer, Is.EqualTo(run.Model.Trainer));
        });
    }

    [Test]
    public async Task Calibrate_learns_from_the_validation_rows_alone()
    {
        var split = Pipeline.From(Given.Shop(1500)).Clean().Split(test: 0.3, validation: 0.3);

        var run = await split.Train(Sharpened).Calibrate().RunAsync();

        var data = run.Exporter!.Data;
        var rows = run.Split.ValidationRows.ToArray();
        var outputs = new float[rows.Length * 2];
        ((CalibratedModel)run.Model).Inner.Predict(data.Features, rows, outputs);
        var expected = SigmoidMap.Fit(new EvaluatedRows([.. rows.Select(row => run.Target.Values[row])], outputs, [], 2));
        var report = run.Report<CalibrationReport>()!;
        Assert.That(report.Description, Is.EqualTo(expected.Description));
        Assert.That(report.ValidationRows, Is.EqualTo(rows.Length));
        Assert.That(report.StoppedTraining, Is.True);
        Assert.That(run.ToString(), Does.Contain("calibration: Platt").And.Contain("decided when training stopped"));
    }

    [TestCase(CalibrationMethod.Platt)]
    [TestCase(CalibrationMethod.Isotonic)]
    [TestCase(CalibrationMethod.Temperature)]
    public async Task Calibrate_several_classes_is_exported(CalibrationMethod method)
    {
        var source = Csv.Text(Given.ShopCsv(900), label: "plan", options => options with { Ids = ["customer"] });
        var run = await Pipeline.From(source).Clean().Split(validation: 0.2).Train(Sharpened).Calibrate(method).Evaluate().RunAsync();

        Assert.That(run.Exporter!.Verify().LargestDifference, Is.LessThan(1e-5));
        Assert.That(run.Evaluation["log_loss"], Is.LessThan(1.3), "a guess has 1.1");
    }

    /// <summary>Managed code and graph of the calibration say different things, of the model the same.</summary>
    [Test]
    public void Export_calibration_that_differs_from_its_graph_is_refused()
    {
        using var folder = new TemporaryFolder();
        var trainer = new FunctionTrainer((data, context, token) => new CalibratedModel(Given.SmallTrees.TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult(), new TwoFacedMap()));
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Train(trainer).Export(folder.File("never.onnx")).RunAsync())!;
        Assert.That(error.Id, Is.EqualTo("MT3003"));
        Assert.That(File.Exists(folder.File("never.onnx")), Is.False);
    }

    [Test]
    public async Task Explain_calibrated_model_has_the_values_of_the_model_behind()
    {
        var trees = Given.ShopPipeline().Train(Given.SmallTrees);
        var run = await trees.Calibrate().Threshold(options => options with { FalseNegativeCost = 10 }).Evaluate().Explain(options => options with { Metric = Metrics.Accuracy }).RunAsync();
        var plain = await trees.Evaluate().Explain().RunAsync();

        Assert.That(run.Explanation.Shap!.BaseValues, Is.EqualTo(plain.Explanation.Shap!.BaseValues));
        Assert.That(run.Explanation.Score, Is.EqualTo(run.Evaluation["accuracy"]), "by the threshold");
    }

    [Test]
    public async Task Calibrate_report_shows_before_and_after()
    {
        var run = await Given.ShopPipeline(900).Train(Sharpened).Calibrate().Evaluate().RunAsync();
        Assert.That(run.ToHtml(), Does.Contain("before calibration").And.Contain("Probabilities are calibrated: Platt"));
        Assert.That(run.ToMarkdown(), Does.Contain("Probabilities are calibrated: Platt"));
    }

    [Test]
    public void Calibrate_numbers_is_an_error_before_training() =>
        AssertError(() => Pipeline.From(Csv.Text(Given.ShopCsv(), label: "spent")).Clean().Split().Train(Sharpened).Calibrate(), "MT1322", "'spent'", "Leave Calibrate out");

    [Test]
    public void Calibrate_without_a_validation_part_is_an_error_before_training()
    {
        var trained = false;
        var trainer = new FunctionTrainer((_, _, _) => { trained = true; throw new NotSupportedException(); });
        AssertError(() => Pipeline.From(Given.Shop()).Split(validation: 0).Train(trainer).Calibrate(), "MT2330", "has none", "Set 'Validation' of Split");
        Assert.That(trained, Is.False);
    }

    [Test]
    public void Calibrate_class_without_a_validation_row_is_an_error() =>
        AssertError(() => Pipeline.From(Csv.Text("x,y,part\n1,a,train\n2,b,train\n3,a,validation\n4,a,validation\n5,a,test\n6,b,test\n", label: "y")).Split(o => o with { PartColumn = "part" }).Train(Sharpened).Calibrate(), "MT2331", "class 'b'", "larger");

    [Test]
    public void Calibrate_after_threshold_or_twice_is_an_error()
    {
        AssertError(() => Given.ShopPipeline().Train(Sharpened).Threshold().Calibrate(), "MT1323", "after Threshold", "right after Train");
        AssertError(() => Given.ShopPipeline().Train(Sharpened).Explain().Calibrate(), "MT1323", "after Explain", "right after Train");
        AssertError(() => Given.ShopPipeline().Train(Sharpened).Calibrate().Calibrate(), "MT1323", "after Calibrate", "right after Train");
        AssertError(() => Given.ShopPipeline().Train(Sharpened).Calibrate((CalibrationMethod)9), "MT1323", "9", "Platt");
    }

    private static void AssertError(Func<TrainedPipeline> pipeline, string id, string what, string fix)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline().RunAsync())!;
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(what).And.Contain(fix).And.Contain("Calibrate, CalibrateTests.cs:"));
    }
}
