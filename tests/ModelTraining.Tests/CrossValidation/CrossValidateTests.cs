using System.Globalization;
using ModelTraining.Tests.Pipelines;
using ModelTraining.Tests.Reporting;

namespace ModelTraining.Tests.CrossValidation;

internal sealed class CrossValidateTests
{
    [Test]
    public async Task CrossValidate_inThePlaceOfSplit_measuresEveryRow_andExportsAModelOfAll()
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Given.Shop(300)).Clean().CrossValidate(folds: 4).Train(Given.SmallTrees).Evaluate().Export(folder.File("shop.onnx")).RunAsync();

        var report = run.CrossValidation;
        Assert.That(run.Timings.Select(timing => timing.Stage), Is.EqualTo(new[] { "Read", "Clean", "CrossValidate", "Prepare", "Train", "Evaluate", "Export" }));
        Assert.That(report.Method, Is.EqualTo("4 folds, stratified"));
        Assert.That(report.Folds.Select(fold => fold.Number), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        Assert.That(report.Folds.SelectMany(fold => fold.TestRows.ToArray()), Is.EquivalentTo(Enumerable.Range(0, run.Table.RowCount)));
        Assert.That(report.Primary.Key, Is.EqualTo("roc_auc"));
        Assert.That(report["roc_auc"].Mean, Is.GreaterThan(0.85).And.EqualTo(report.Folds.Average(fold => fold.Metrics["roc_auc"])));
        Assert.That(report["roc_auc"].Interval.Low, Is.LessThan(report["roc_auc"].Mean));
        Assert.That(report["roc_auc"].Baseline, Is.EqualTo(0.5).Within(1e-9));
        Assert.That(run.Evaluation.RowCount, Is.EqualTo(run.Table.RowCount));
        Assert.That(run.Evaluation["roc_auc"], Is.EqualTo(report["roc_auc"].Mean).Within(0.03), "of all folds together");
        Assert.That(run.Split.TestRows.IsEmpty, Is.True);
        Assert.That(run.Split.TrainingRows.Length + run.Split.ValidationRows.Length, Is.EqualTo(run.Table.RowCount));
        Assert.That(run.Exports.Single().Parity.Rows, Is.EqualTo(run.Split.TrainingRows.Length));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
        Assert.That(run.ToString(), Does.Contain("cross-validation, 4 folds, stratified").And.Contain("deviation"));
        Assert.That(run.Report<CrossValidationReport>(), Is.SameAs(report));
    }

    [Test]
    public async Task CrossValidate_aFold_isTheRunThatSplitsSo()
    {
        var folded = await Pipeline.From(Given.Shop(300)).CrossValidate(3).Features(o => o with { Encoding = CategoryEncoding.Target }).Train(Given.SmallTrees).Evaluate().RunAsync();
        var fold = folded.CrossValidation.Folds[1];
        var trainer = new RecordingTrainer(Given.SmallTrees);
        await Pipeline.From(Given.Shop(300)).CrossValidate(o => o with { Folds = 3, ParallelFolds = 1 }).Train(trainer).RunAsync();
        var (training, validation) = trainer.Parts[1];
        var lines = Given.ShopCsv(300).TrimEnd().Split('\n');
        var parts = lines.Skip(1).Select((line, row) => $"{line},{(training.Contains(row) ? "train" : validation.Contains(row) ? "validation" : "test")}");

        var split = await Pipeline.From(Csv.Text($"{lines[0]},part\n{string.Join('\n', parts)}", label: "returns", o => o with { Ids = ["customer"] })).Split(o => o with { PartColumn = "part" })
            .Features(o => o with { Encoding = CategoryEncoding.Target }).Train(Given.SmallTrees).Evaluate().RunAsync();

        Assert.That(fold.TestRows.ToArray(), Is.EqualTo(split.Split.TestRows.ToArray()));
        Assert.That(fold.Metrics, Is.EqualTo(split.Evaluation.Metrics));
        Assert.That(fold.Baseline, Is.EqualTo(split.Evaluation.Baseline));
        Assert.That(fold.TestRows.ToArray().Select(row => folded.CrossValidation.OutOfFold[row].Probabilities[1]), Is.EqualTo(split.Evaluation.Rows!.Outputs.Where((_, i) => i % 2 == 1)));
    }

    [Test]
    public async Task CrossValidate_whatLearns_neverSeesTheFold()
    {
        var transform = new CountingTransform();
        var trainer = new RecordingTrainer(Given.SmallTrees);
        var run = await Pipeline.From(Given.Shop(300)).Clean().CrossValidate(4, o => o with { ParallelFolds = 1 }).Use(transform).Train(trainer).Evaluate().RunAsync();

        Assert.That(transform.Fits, Is.EqualTo(5), "of each fold, and of all rows");
        for (var i = 0; i < 4; i++)
        {
            var test = run.CrossValidation.Folds[i].TestRows.ToArray();
            Assert.That(transform.Rows[i].Intersect(test), Is.Empty, "features");
            Assert.That(transform.Rows[i].Intersect(trainer.Parts[i].Validation), Is.Empty, "nor the validation part");
            Assert.That(trainer.Parts[i].Training.Concat(trainer.Parts[i].Validation).Intersect(test), Is.Empty, "trainer");
            Assert.That(trainer.Parts[i].Training.Length + trainer.Parts[i].Validation.Length + test.Length, Is.EqualTo(run.Table.RowCount));
        }

        Assert.That(trainer.Parts[4].Training, Is.EqualTo(run.Split.TrainingRows.ToArray()));
    }

    [Test]
    public async Task CrossValidate_aLabelThatIsChance_isNotLearnedByItsEncoding()
    {
        var random = new SeededRandom(5);
        var rows = string.Concat(Enumerable.Range(0, 600).Select(i => $"k{random.Next(150)},{(random.Next(2) == 0 ? "yes" : "no")}\n"));

        var run = await Pipeline.From(Csv.Text("key,label\n" + rows, label: "label")).CrossValidate(5).Features(o => o with { Encoding = CategoryEncoding.Target }).Train(Given.SmallTrees).Evaluate().RunAsync();

        Assert.That(run.CrossValidation["roc_auc"].Mean, Is.EqualTo(0.5).Within(0.06), "an encoder that knew the fold's labels would predict them");
    }

    [TestCase(FinalModel.Refit)]
    [TestCase(FinalModel.Ensemble)]
    public async Task CrossValidate_ofEitherFinalModel_isEqualInOnnxRuntime(FinalModel final)
    {
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Given.Shop(400)).Clean().CrossValidate(3, o => o with { Final = final }).Features(o => o with { Encoding = CategoryEncoding.Target, Add = [Feature.Of("old", row => row.Number("age") > 50 ? 1.0 : 0)] })
            .Train(Given.SmallTrees).Calibrate(CalibrationMethod.Isotonic).Threshold().Evaluate().Explain(o => o with { Repeats = 1 }).Export(folder.File("shop.onnx")).RunAsync();

        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
        Assert.That(run.Exports.Single().Parity.Rows, Is.EqualTo(run.Split.TrainingRows.Length));
        using var predictor = Predictor.Load(run.Exports.Single().Path);
        Assert.That(predictor.Manifest.Threshold, Is.Not.Null);
        Assert.That(run.CrossValidation.Folds.Select(fold => fold.Threshold), Has.None.Null);
        Assert.That(run.Explanation.Permutations, Is.Not.Empty);
        Assert.That(run.Warnings, Has.Some.Contains("rows that the model has learned from"));
        if (final == FinalModel.Refit) return;
        var ensemble = (EnsembleModel)run.Model;
        Assert.That(ensemble.Members, Has.Count.EqualTo(3));
        Assert.That(predictor.Manifest.Threshold!.Value, Is.EqualTo(run.CrossValidation.Folds.Average(fold => fold.Threshold!.Value)).Within(1e-6));
        Assert.That(predictor.Manifest.Calibration, Does.StartWith("of each of 3 models"));
        Assert.That(run.Timings.Select(timing => timing.Stage), Is.EqualTo(new[] { "Read", "Clean", "CrossValidate", "Evaluate", "Explain", "Export" }), "nothing is fitted again");
    }

    [Test]
    public async Task CrossValidate_withThresholds_countsEachFoldsLabelsByItsOwn()
    {
        var run = await Pipeline.From(Given.Shop(400)).CrossValidate(4).Train(Linear.Logistic()).Threshold(o => o with { FalseNegativeCost = 8 }).Evaluate().RunAsync();

        var folds = run.CrossValidation.Folds;
        Assert.That(folds.Select(fold => fold.Threshold).Distinct().Count(), Is.GreaterThan(1));
        Assert.That(run.Evaluation["accuracy"], Is.EqualTo(folds.Sum(fold => fold.Metrics["accuracy"] * fold.TestRows.Length) / run.Table.RowCount).Within(1e-9));
        foreach (var fold in folds)
        {
            foreach (var row in fold.TestRows.Span)
            {
                var prediction = run.CrossValidation.OutOfFold[row];
                Assert.That(prediction.Label, Is.EqualTo(prediction.Probabilities[1] >= fold.Threshold ? "yes" : "no"));
            }
        }

        Assert.That(run.ToHtml(), Does.Contain("at each fold").And.Not.Contain("at 0.5<"));
    }

    [Test]
    public async Task CrossValidate_withRepeats_averagesEachRowsPredictions()
    {
        var run = await Pipeline.From(Given.Shop(300)).CrossValidate(3, o => o with { Repeats = 2 }).Train(Linear.Logistic()).Evaluate().RunAsync();

        var report = run.CrossValidation;
        Assert.That(report.Method, Is.EqualTo("3 folds, stratified, repeated 2 times"));
        Assert.That(report.Folds.Select(fold => (fold.Repeat, fold.Number)), Is.EqualTo(new[] { (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3) }));
        Assert.That(report.Folds[0].TestRows.ToArray(), Is.Not.EqualTo(report.Folds[3].TestRows.ToArray()), "drawn anew");
        Assert.That(report.OutOfFold.Count, Is.EqualTo(run.Table.RowCount));
        var alone = await Pipeline.From(Given.Shop(300)).CrossValidate(3).Train(Linear.Logistic()).Evaluate().RunAsync();
        Assert.That(report.Folds.Take(3).Select(fold => fold.Metrics["roc_auc"]), Is.EqualTo(alone.CrossValidation.Folds.Select(fold => fold.Metrics["roc_auc"])), "the first repeat is what there is without more");
        var second = (2 * report.OutOfFold[5].Probabilities[1]) - alone.CrossValidation.OutOfFold[5].Probabilities[1];
        Assert.That(second, Is.InRange(0, 1).And.Not.EqualTo(alone.CrossValidation.OutOfFold[5].Probabilities[1]));
    }

    [Test]
    public async Task ToTable_ofOutOfFoldPredictions_hasARowEach()
    {
        var run = await Pipeline.From(Given.Shop(200)).Clean().CrossValidate(4).Train(Given.SmallTrees).Evaluate().RunAsync();

        var table = run.CrossValidation.OutOfFold.ToTable();
        Assert.That(table.Columns.Select(column => column.Name), Is.EqualTo(new[] { "source_row", "fold", "returns", "prediction", "probability_no", "probability_yes" }));
        Assert.That(table.Label!.Name, Is.EqualTo("returns"));
        Assert.That(table.RowCount, Is.EqualTo(run.Table.RowCount));
        var row = (int)(long)table["source_row"][17]!;
        var fold = run.CrossValidation.Folds[(int)(long)table["fold"][17]! - 1];
        Assert.That(fold.TestRows.ToArray().Select(position => run.Table.Origin(position)), Does.Contain(row));
        Assert.That(table["returns"][17], Is.EqualTo(run.Source["returns"][row]));
        Assert.That(run.CrossValidation.OutOfFold[row].Label, Is.EqualTo(table["prediction"][17]));
        Assert.That(run.CrossValidation.OutOfFold[row].Probabilities[1], Is.EqualTo(table["probability_yes"][17]));
    }

    [Test]
    public async Task CrossValidate_foldsAtATime_changeNothing()
    {
        async Task<(byte[] Model, string Scores)> Run(int parallel, int threads, FinalModel final)
        {
            using var folder = new TemporaryFolder();
            var run = await Pipeline.From(Given.Shop(300)).Clean().CrossValidate(4, o => o with { Repeats = 2, ParallelFolds = parallel, Final = final }).Train(Given.SmallTrees).Calibrate().Threshold().Evaluate()
                .Export(folder.File("shop.onnx")).WithThreads(threads).WithTime(new StoppedClock()).RunAsync();
            return (await File.ReadAllBytesAsync(folder.File("shop.onnx")), string.Join(' ', run.CrossValidation.Folds.SelectMany(fold => fold.Metrics.Values).Concat(run.Evaluation.Metrics.Values).Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        }

        foreach (var final in new[] { FinalModel.Refit, FinalModel.Ensemble })
        {
            var one = await Run(1, 1, final);
            var four = await Run(4, 4, final);
            Assert.That(four.Model, Is.EqualTo(one.Model), final.ToString());
            Assert.That(four.Scores, Is.EqualTo(one.Scores));
        }
    }

    [Test]
    public async Task CrossValidate_nested_searchesInEachFold_andOnAllRows()
    {
        var trainer = new RecordingTrainer(Given.SmallTrees);
        using var folder = new TemporaryFolder();
        var run = await Pipeline.From(Given.Shop(300)).CrossValidate(3).Tune(
            space =>
            {
                space.Bool("b");
                return _ => trainer;
            },
            o => o with { Trials = 2, Storage = new JournalFile(folder.File("study.jsonl")) }).Evaluate().RunAsync();

        Assert.That(trainer.Parts, Has.Count.EqualTo(8), "2 trials in each of 3 folds, and of all rows");
        for (var fold = 0; fold < 3; fold++)
        {
            var test = run.CrossValidation.Folds[fold].TestRows.ToArray();
            foreach (var part in trainer.Parts.Skip(2 * fold).Take(2)) Assert.That(part.Training.Concat(part.Validation).Intersect(test), Is.Empty);
            Assert.That(run.CrossValidation.Folds[fold].Report<TuneReport>()!.Trials, Has.Count.EqualTo(2));
        }

        Assert.That(run.Report<TuneReport>()!.Trials, Has.Count.EqualTo(2));
        Assert.That(await File.ReadAllLinesAsync(folder.File("study.jsonl")), Has.Length.EqualTo(5), "the storage is for the search on all rows: a study, and two trials asked for and told");
    }

    [Test]
    public async Task CrossValidate_byGroups_keepsThemTogether_validationToo()
    {
        var trainer = new RecordingTrainer(Given.SmallTrees);
        var random = new SeededRandom(1);
        var csv = string.Join('\n', Given.ShopCsv(300).TrimEnd().Split('\n').Select((line, i) => $"{line},{(i == 0 ? "shop" : $"s{random.Next(20)}")}"));
        var run = await Pipeline.From(Csv.Text(csv, label: "returns", o => o with { Ids = ["customer", "shop"] })).CrossValidate(4, o => o with { GroupBy = "shop", ParallelFolds = 1 }).Train(trainer).Evaluate().RunAsync();

        string? Shop(int row) => ((TextColumn)run.Table["shop"]).Text(row);
        for (var i = 0; i < 4; i++)
        {
            var (training, validation, test) = (trainer.Parts[i].Training.Select(Shop).ToHashSet(), trainer.Parts[i].Validation.Select(Shop).ToHashSet(), run.CrossValidation.Folds[i].TestRows.ToArray().Select(Shop).ToHashSet());
            Assert.That(training.Overlaps(test) || validation.Overlaps(test) || training.Overlaps(validation), Is.False);
            Assert.That(validation, Is.Not.Empty);
        }

        Assert.That(run.CrossValidation.Method, Is.EqualTo("4 folds, grouped by shop, stratified"));
    }

    [Test]
    public async Task CrossValidate_leavingOneOut_testsEachRowAlone()
    {
        var run = await Pipeline.From(Given.Shop(40)).CrossValidate(o => o with { LeaveOneOut = true }).Train(Linear.Logistic()).Evaluate().RunAsync();

        Assert.That(run.CrossValidation.Folds, Has.Count.EqualTo(40));
        Assert.That(run.CrossValidation["accuracy"].Mean, Is.EqualTo(run.Evaluation["accuracy"]).Within(1e-9));
        Assert.That(run.CrossValidation["roc_auc"].Mean, Is.NaN, "of one row");
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.7), "of all together");
        Assert.That(run.ToHtml(), Does.Contain("leave one out"));
        Assert.That(run.Warnings.Where(warning => warning.Contains("Not defined", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task CrossValidate_manyLongFolds_saysHowLongTheyWillTake()
    {
        var clock = new ManualClock();
        var slow = new FunctionTrainer((data, context, token) =>
        {
            clock.Advance(TimeSpan.FromMinutes(2));
            return Baselines.Constant().TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult();
        });
        var run = await Pipeline.From(Given.Shop(60)).CrossValidate(o => o with { LeaveOneOut = true, ParallelFolds = 1 }).Train(slow).WithTime(clock).RunAsync();

        Assert.That(run.Warnings, Has.One.EqualTo("60 fits of about 2 min 0 s each, one after the other, will take about 2 h 0 min. CrossValidate(10) takes 20 min 0 s, and its estimate is seldom worse."));
    }

    [Test]
    public async Task CompareWith_runsOfTheSameFolds_comparesRowByRow()
    {
        var trees = await Pipeline.From(Given.Shop(300)).CrossValidate(3).Train(Given.SmallTrees).Evaluate().RunAsync();
        var linear = await Pipeline.From(Given.Shop(300)).CrossValidate(3).Train(Linear.Logistic()).Evaluate().RunAsync();

        Assert.That(trees.CompareWith(linear).RowCount, Is.EqualTo(300));
    }

    [Test]
    public async Task Report_ofFolds_showsThem()
    {
        var run = await Pipeline.From(Given.Shop(300)).Clean().CrossValidate(3).Train(Given.SmallTrees).Threshold().Evaluate().RunAsync();

        var html = run.ToHtml();
        Assert.That(html, Does.Contain("<h2>Cross-validation</h2>").And.Contain("Nadeau and Bengio").And.Contain("mean and deviation of 3 folds").And.Contain("out-of-fold rows").And.Contain("<summary>3 folds</summary>"));
        Assert.That(html, Does.Contain($"threshold {ReportNumber.Short(run.CrossValidation.Folds[0].Threshold!.Value)}"));
        Assert.That(run.ToMarkdown(), Does.Contain("Cross-validated, 3 folds, stratified; whatever learns was fitted anew").And.Contain("| metric | mean | deviation |").And.Contain("out-of-fold rows").And.Not.Contain("split: test"));
    }

    [Test]
    public async Task CrossValidate_numbersWithWeights_isMeasuredWithThem()
    {
        var random = new SeededRandom(3);
        var rows = string.Concat(Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"{random.NextNormal():F3},{i % 3},{(2 * random.NextNormal()) + i % 2:F3}\n")));
        var run = await Pipeline.From(Csv.Text("x,w,y\n" + rows, label: "y", o => o with { Weight = "w" })).CrossValidate(4, o => o with { Stratify = true, Final = FinalModel.Ensemble }).Train(Linear.Ridge()).Evaluate().RunAsync();

        Assert.That(run.CrossValidation.Method, Is.EqualTo("4 folds, stratified"));
        Assert.That(run.CrossValidation.Primary.Key, Is.EqualTo("rmse"));
        Assert.That(run.Evaluation.Rows!.Weights, Has.Length.EqualTo(200));
        Assert.That(run.CrossValidation.OutOfFold.ToTable().Columns.Select(column => column.Name), Is.EqualTo(new[] { "source_row", "fold", "y", "prediction" }));
        Assert.That(run.CrossValidation.OutOfFold[7].Value, Is.Not.Null);
        using var predictor = run.CreatePredictor();
        Assert.That(predictor.Predict(new Dictionary<string, object?> { ["x"] = 1.0 }).Value, Is.Not.Null);
    }

    [Test]
    public async Task CrossValidate_ofATableOnDisk_measuresTheSame()
    {
        using var folder = new TemporaryFolder();
        IDataSource Source() => Csv.Text(string.Join('\n', Given.ShopCsv(20_000).TrimEnd().Split('\n').Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])), label: "returns");
        EvaluatedPipeline Folded(DataPipeline data) => data.CrossValidate(3, o => o with { Final = FinalModel.Ensemble }).Train(Given.SmallTrees).Evaluate();
        var inMemory = await Folded(Pipeline.From(Source())).RunAsync();
        using var onDisk = await Folded(Pipeline.From(Source()).WithMemoryLimit(500_000).WithSpilling(folder.Path)).RunAsync();

        Assert.That(onDisk.Repairs, Has.One.Contains("spilled to disk"));
        Assert.That(onDisk.CrossValidation.Folds.Select(fold => fold.Metrics["log_loss"]), Is.EqualTo(inMemory.CrossValidation.Folds.Select(fold => fold.Metrics["log_loss"])));
        Assert.That(onDisk.Exporter!.Verify().LargestDifference, Is.LessThan(Parity.Tolerance));
    }

    [TestCase(FinalModel.Refit)]
    [TestCase(FinalModel.Ensemble)]
    public async Task CrossValidate_ofFineTuning_addsTreesInEachFold(FinalModel final)
    {
        using var folder = new TemporaryFolder();
        await Given.ShopPipeline(200).Train(Given.SmallTrees).Export(folder.File("earlier.onnx")).RunAsync();

        var run = await Pipeline.From(Given.Shop(300)).Clean().CrossValidate(3, o => o with { Final = final }).FineTune(folder.File("earlier.onnx"), (GradientBoostingOptions o) => o with { Trees = 5 }).Evaluate().Export(folder.File("later.onnx")).RunAsync();

        Assert.That(run.CrossValidation["roc_auc"].Mean, Is.GreaterThan(0.85));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
    }

    [Test]
    public async Task CrossValidate_withoutEvaluate_measuresNevertheless()
    {
        var run = await Pipeline.From(Given.Shop(200)).CrossValidate(3).Train(Given.SmallTrees).RunAsync();

        Assert.That(run.CrossValidation["roc_auc"].Mean, Is.GreaterThan(0.8));
        Assert.That(run.ToHtml(), Does.Contain("<h2>Cross-validation</h2>").And.Not.Contain("has not seen is not known"));
        Assert.That(run.ToMarkdown(), Does.Contain("| metric | mean | deviation |").And.Not.Contain("was not evaluated"));
    }

    [Test]
    public async Task CrossValidate_groupsThatHaveAClassForThemselves_areWarnedOf()
    {
        var rows = string.Concat(Enumerable.Range(0, 90).Select(i => $"{i % 7},g{i % 9},{(i % 9 == 0 ? "rare" : i % 2 == 0 ? "even" : "odd")}\n"));
        var run = await Pipeline.From(Csv.Text("x,g,y\n" + rows, label: "y", o => o with { Ids = ["g"] })).CrossValidate(3, o => o with { GroupBy = "g" }).Train(Given.SmallTrees).RunAsync();

        Assert.That(run.Warnings, Has.One.EqualTo("Of label 'y', class 'rare' has no training row in 1 of 3 folds: it is not learned there."));
    }
}
