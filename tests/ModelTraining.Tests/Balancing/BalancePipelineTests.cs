using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ModelTraining.Onnx;
using ModelTraining.Tests.Pipelines;
using ModelTraining.Tests.Reporting;

namespace ModelTraining.Tests.Balancing;

/// <summary>Each method from the pipeline's verb to the exported file.</summary>
internal sealed class BalancePipelineTests
{
    private static readonly ITrainer Logistic = Linear.Logistic();

    private static IEnumerable<TestCaseData> Methods()
    {
        TestCaseData Case(string name, params BalanceMethod[] methods) => new TestCaseData(methods, null).SetArgDisplayNames(name);
        yield return Case("class weights", ClassWeights.Balanced);
        yield return Case("class weights by hand", ClassWeights.Of(new Dictionary<string, double> { ["malignant"] = 5 }));
        yield return Case("over", Resample.RandomOver());
        yield return Case("under", Resample.RandomUnder());
        yield return Case("SMOTE", Resample.Smote(o => o with { Neighbors = 3 }));
        yield return Case("SMOTE-NC", Resample.SmoteNc());
        yield return Case("borderline", Resample.BorderlineSmote());
        yield return Case("borderline 2", Resample.BorderlineSmote(o => o with { Kind = BorderlineKind.Two }));
        yield return Case("ADASYN", Resample.Adasyn());
        yield return Case("Tomek", Resample.TomekLinks());
        yield return Case("ENN", Resample.EditedNearestNeighbors());
        yield return Case("SMOTE + Tomek", Resample.Smote(), Resample.TomekLinks(o => o with { Strategy = SamplingStrategy.All }));
        yield return Case("SMOTE + ENN + weights", Resample.Smote(), Resample.EditedNearestNeighbors(o => o with { Strategy = SamplingStrategy.All }), ClassWeights.Balanced);
    }

    [TestCaseSource(nameof(Methods))]
    public async Task Balance_anyMethod_changesTheModelAndNothingElse(BalanceMethod[] methods, object? _)
    {
        using var folder = new TemporaryFolder();
        foreach (var trainer in new[] { Given.SmallTrees, Logistic })
        {
            var pipeline = Cancer();
            foreach (var method in methods) pipeline = pipeline.Balance(method);
            var run = await pipeline.Train(trainer).Threshold().Evaluate().Export(folder.File("cancer.onnx")).RunAsync();
            var plain = await Cancer().Train(trainer).Threshold().Evaluate().RunAsync();

            var report = run.Report<BalanceReport>()!;
            Assert.Multiple(() =>
            {
                Assert.That(report.Changes.Select(change => change.Method), Is.EqualTo(methods.Select(method => method.Name)));
                Assert.That(report.Changes.Any(change => change.Classes.Any(c => c.RowsBefore != c.RowsAfter || c.Weight != 1)), "something was done");
                Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
                Assert.That(run.Evaluation["log_loss"], Is.Not.EqualTo(plain.Evaluation["log_loss"]), "the model is another");
                Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.95));
                Assert.That(run.Evaluation.Baseline.Select(pair => pair.Value), Is.EqualTo(plain.Evaluation.Baseline.Select(pair => pair.Value)), "what is measured by is the same");
                Assert.That(run.Evaluation.RowCount, Is.EqualTo(plain.Evaluation.RowCount));
                Assert.That(run.Report<ThresholdReport>()!.ValidationRows, Is.EqualTo(plain.Report<ThresholdReport>()!.ValidationRows));
                Assert.That(run.FeaturesOrNull!.Descriptions, Is.EqualTo(plain.FeaturesOrNull!.Descriptions), "nothing of it is in the graph");
            });
        }
    }

    [Test]
    public async Task Balance_trainersData_hasValidationRowsAsTheyWere_andRowsMadeOfTrainingRowsAlone()
    {
        TrainingData? seen = null;
        var spy = new FunctionTrainer((data, context, token) =>
        {
            seen = data;
            return Logistic.TrainAsync(data, context, token).AsTask().GetAwaiter().GetResult();
        });
        var run = await Cancer().Balance(Resample.Smote()).Balance(ClassWeights.Of(new Dictionary<string, double> { ["benign"] = 3 })).Train(spy).Evaluate().RunAsync();
        var (data, split) = (seen!, run.Split);
        Assert.Multiple(() =>
        {
            Assert.That(data.ValidationRows.ToArray(), Is.EqualTo(split.ValidationRows.ToArray()));
            Assert.That(data.ValidationRows.ToArray().Select(row => data.Weights[row]), Is.All.EqualTo(1));
            Assert.That(data.TrainingRows.ToArray().Where(row => row < run.Table.RowCount), Is.EqualTo(split.TrainingRows.ToArray()));
            Assert.That(data.TrainingRows.ToArray().Select(row => (data.Target.Values[row], data.Weights[row])).Distinct(), Is.EquivalentTo(new[] { (0f, 3f), (1f, 1f) }));
            Assert.That(Skewed.Counts(data)[0], Is.EqualTo(Skewed.Counts(data)[1]));
        });
    }

    [Test]
    public async Task Balance_categoriesAndBooleans_ofTreesAndOfLinearModels_areNominalToSmoteNc()
    {
        TrainingData? seen = null;
        foreach (var trainer in new[] { Given.SmallTrees, Logistic })
        {
            var spy = new NeedsOf(trainer, data => seen = data);
            var run = await Filled().Balance(Resample.SmoteNc(o => o with { Strategy = SamplingStrategy.Counts(new Dictionary<string, int> { ["yes"] = 400 }) })).Train(spy).Evaluate().RunAsync();
            var features = run.FeaturesOrNull!;
            var names = features.Nominal.Select(group => string.Join('+', group.Select(feature => features.Features[feature].Name)));
            Assert.That(names, Is.EquivalentTo(trainer == Logistic ? ["plan=Premium+plan=family+plan=basic", "member"] : new[] { "plan", "member" }).Using<string>((a, b) => string.Join('+', a.Split('+').Order()) == string.Join('+', b.Split('+').Order())));
            foreach (var feature in features.Nominal.SelectMany(group => group))
            {
                var column = seen!.Features.Column(feature);
                var (given, made) = (column[..run.Table.RowCount].ToArray(), column[run.Table.RowCount..].ToArray());
                Assert.That(made.Distinct(), Is.SubsetOf(given.Distinct()), $"{features.Features[feature].Name} has no value between categories");
            }

            Assert.That(Skewed.Counts(seen!)[1], Is.EqualTo(400));
        }
    }

    [Test]
    public async Task Balance_sameSeed_isTheSameModel_atAnyNumberOfThreads()
    {
        Task<PipelineRun> Run(int threads) => Cancer().Balance(Resample.Smote()).Balance(Resample.EditedNearestNeighbors()).Train(Given.SmallTrees).Evaluate().WithThreads(threads).WithTime(new StoppedClock()).RunAsync();
        var (one, three) = (await Run(1), await Run(3));
        Assert.That(three.ToBytes(), Is.EqualTo(one.ToBytes()));
    }

    [Test]
    public async Task Balance_inReportCardAndSummary_showsClassesBeforeAndAfter()
    {
        var run = await Cancer().Balance(Resample.RandomUnder(o => o with { Strategy = SamplingStrategy.Ratio(0.8) })).Balance(ClassWeights.Balanced).Train(Given.SmallTrees).Evaluate().RunAsync();
        var classes = run.Report<BalanceReport>()!.Changes[0].Classes;
        Assert.Multiple(() =>
        {
            Assert.That(classes.Select(c => c.Class), Is.EqualTo(new[] { "benign", "malignant" }));
            Assert.That(classes[0].RowsAfter, Is.EqualTo((int)(classes[1].RowsBefore / 0.8)));
            Assert.That(run.ToString(), Does.Contain($"balance: Resample.RandomUnder: 'benign' {classes[0].RowsBefore} to {classes[0].RowsAfter} rows; ClassWeights.Balanced: 'benign' weighs 0.9"));
            var html = run.ToHtml();
            var section = html[html.IndexOf("<h2>How classes were balanced</h2>", StringComparison.Ordinal)..html.IndexOf("<h2>What was asked for", StringComparison.Ordinal)];
            var weighed = run.Report<BalanceReport>()!.Changes[1].Classes[0];
            Assert.That(Regex.Matches(section, "<td[^>]*>([^<]*)</td>").Select(cell => cell.Groups[1].Value).Take(6), Is.EqualTo(new[]
            {
                ReportNumber.Count(classes[0].RowsBefore), ReportNumber.Share(classes[0].RowsBefore, classes.Sum(c => c.RowsBefore)), ReportNumber.Count(classes[0].RowsAfter), "55.6 %",
                $"{ReportNumber.Count(weighed.RowsAfter)} × {ReportNumber.Short(weighed.Weight)}", "50.0 %",
            }));
            Assert.That(section, Does.Contain("Calibrate brings them back"));
            Assert.That(run.ToHtml(), Does.Contain("<code>Strategy</code> ratio 0.8").And.Contain("<code>Method</code> ClassWeights.Balanced"));
            Assert.That(run.ToMarkdown(), Does.Contain("Training rows were balanced: Resample.RandomUnder: 'benign'"));
        });
    }

    [Test]
    public async Task Report_skewedClasses_precisionAndRecallComeFirst()
    {
        var text = Given.ShopCsv(900).Split('\n').Index().Where(line => !line.Item.EndsWith("yes", StringComparison.Ordinal) || line.Index % 8 == 0).Select(line => line.Item);
        var skewed = (await Pipeline.From(Csv.Text(string.Join('\n', text), label: "returns", o => o with { Ids = ["customer"] })).Clean().Split(test: 0.4).Train(Given.SmallTrees).Evaluate().RunAsync()).ToHtml();
        var even = (await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().RunAsync()).ToHtml();
        static bool PrecisionFirst(string html) => html.IndexOf("<figcaption>Precision-recall curve", StringComparison.Ordinal) < html.IndexOf("<figcaption>ROC curve", StringComparison.Ordinal);
        Assert.That(PrecisionFirst(skewed));
        Assert.That(skewed, Does.Contain("Classes are skewed: of the test rows"));
        Assert.That(PrecisionFirst(even), Is.False);
        Assert.That(even, Does.Not.Contain("skewed"));
    }

    [Test]
    public async Task Balance_calibrated_probabilitiesAreTheDatasAgain()
    {
        var shifted = await Given.ShopPipeline(2000).Balance(ClassWeights.Of(new Dictionary<string, double> { ["yes"] = 20 })).Train(Given.SmallTrees).Evaluate().RunAsync();
        var mended = await Given.ShopPipeline(2000).Balance(ClassWeights.Of(new Dictionary<string, double> { ["yes"] = 20 })).Train(Given.SmallTrees).Calibrate().Evaluate().RunAsync();
        Assert.That(mended.Evaluation["log_loss"], Is.LessThan(shifted.Evaluation["log_loss"] - 0.02));
        Assert.That(mended.ToHtml(), Does.Not.Contain("Calibrate brings them back"));
    }

    [Test]
    public async Task Tune_balanceOutsideAndInsideOfTrials_isPartOfThem()
    {
        var outside = await Cancer().Balance(Resample.RandomUnder()).Tune(Tune.GradientBoosting(o => o with { Trees = 5 }), o => o with { Trials = 3 }).Evaluate().RunAsync();
        var inside = await Cancer().Tune(
            space =>
            {
                var neighbors = space.Int("Neighbors", 1, 8);
                return (trial, pipeline) => pipeline.Balance(Resample.Smote(o => o with { Neighbors = trial.Get(neighbors) })).Train(Given.SmallTrees);
            },
            o => o with { Trials = 4 }).Evaluate().RunAsync();
        Assert.That(outside.Report<BalanceReport>()!.Changes.Single().Method, Is.EqualTo("Resample.RandomUnder"));
        Assert.That(inside.Report<BalanceReport>()!.Changes.Single().Classes[1].RowsAfter, Is.EqualTo(inside.Report<BalanceReport>()!.Changes[0].Classes[0].RowsAfter));
        Assert.That(inside.Report<TuneReport>()!.Trials.Select(trial => trial.State), Is.All.EqualTo(TrialState.Complete));
    }

    [Test]
    public async Task CrossValidate_balancesTheTrainingRowsOfEachFold_andMeasuresOnRowsAsTheyAre()
    {
        var seen = new ConcurrentBag<TrainingData>();
        var run = await Pipeline.From(CancerFile).Clean().CrossValidate(3).Balance(Resample.Smote()).Train(new NeedsOf(Logistic, seen.Add)).Evaluate().RunAsync();
        var rows = run.Table.RowCount;
        Assert.That(seen, Has.Count.EqualTo(4), "three folds, and all rows");
        Assert.That(seen.Select(data => Skewed.Counts(data)).Select(counts => counts[0] - counts[1]), Is.All.Zero);
        Assert.That(seen.Select(data => data.Features.RowCount), Is.All.GreaterThan(rows));
        foreach (var fold in run.CrossValidation.Folds)
        {
            var test = fold.TestRows.ToArray();
            var data = seen.Single(data => !data.TrainingRows.ToArray().Intersect(test).Any());
            var values = data.TrainingRows.ToArray().Where(row => row < rows && data.Target.Values[row] == 1).Select(row => data.Features.Column(0)[row]).ToList();
            Assert.That(data.Features.Column(0)[rows..].ToArray(), Is.All.InRange(values.Min(), values.Max()));
        }

        Assert.That(run.Evaluation.RowCount, Is.EqualTo(rows));
        Assert.That(run.Report<BalanceReport>()!.Changes.Single().Classes[1].RowsAfter, Is.GreaterThan(run.Report<BalanceReport>()!.Changes[0].Classes[1].RowsBefore));
    }

    [Test]
    public async Task FineTune_trees_learnFromBalancedRows()
    {
        var earlier = await Cancer().Train(Given.SmallTrees).RunAsync();
        var further = await Cancer().Balance(ClassWeights.Balanced).FineTune(earlier, (GradientBoostingOptions o) => o with { Trees = 3 }).Evaluate().RunAsync();
        Assert.That(further.Report<BalanceReport>()!.Changes.Single().Classes[1].Weight, Is.GreaterThan(1));
    }

    [Test]
    public async Task Network_learnsByClassWeights_orByFocalLoss()
    {
        var weighted = await Cancer().Balance(ClassWeights.Balanced).Train(Networks.Mlp(o => o with { Epochs = 3 })).Evaluate().RunAsync();
        var focal = await Cancer().Balance(Resample.RandomOver()).Train(Networks.Mlp(o => o with { Epochs = 3, Loss = Losses.Focal() })).Evaluate().RunAsync();
        Assert.That(weighted.Evaluation["roc_auc"], Is.GreaterThan(0.9));
        Assert.That(focal.Evaluation["roc_auc"], Is.GreaterThan(0.9));
    }

    [Test]
    public async Task Boosting_focalLoss_isExportedAsProbabilities()
    {
        using var folder = new TemporaryFolder();
        var run = await Cancer().Train(Trees.GradientBoosting(o => o with { Objective = BoostingObjective.Focal(), Trees = 60 })).Threshold().Evaluate().Export(folder.File("focal.onnx")).RunAsync();
        var further = await Cancer().FineTune(folder.File("focal.onnx"), (GradientBoostingOptions o) => o with { Objective = BoostingObjective.Focal(), Trees = 2 }).Evaluate().RunAsync();
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.98));
        Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
        Assert.That(run.Model.History!.Metric, Is.EqualTo("focal_loss"));
        Assert.That(run.ToHtml(), Does.Contain("<code>Objective</code> focal 2"));
        Assert.That(further.Evaluation["roc_auc"], Is.GreaterThan(0.98));
    }

    [Test]
    public void Balance_cancelled_endsTheRun()
    {
        using var cancel = new CancellationTokenSource();
        var reports = new List<TrainingProgress>();
        var run = Pipeline.From(Csv.File(TestData.Shared("tabular/mammography.csv"), label: "column6")).Split().Balance(Resample.EditedNearestNeighbors()).Train(Logistic).WithProgress(new DirectProgress<TrainingProgress>(report =>
        {
            reports.Add(report);
            if (report is { Stage: "Balance", Completed: > 0 }) cancel.Cancel();
        })).RunAsync(cancel.Token);
        Assert.CatchAsync<OperationCanceledException>(() => run);
        Assert.That(reports.Last(), Has.Property("Stage").EqualTo("Balance").And.Property("Completed").EqualTo(1024).And.Property("Unit").EqualTo("rows"));
        Assert.That(reports.Last().Total, Is.GreaterThan(7000));
    }

    private static IEnumerable<TestCaseData> WrongOptions()
    {
        TestCaseData Case(BalanceMethod method, string id, string what) => new TestCaseData(method, id, what).SetArgDisplayNames($"{method.Name} {id}");
        yield return Case(Resample.Smote(o => o with { Neighbors = 0 }), "MT1931", "The 'Neighbors' option of Resample.Smote must be at least 1. Got 0.");
        yield return Case(Resample.BorderlineSmote(o => o with { DangerNeighbors = -1 }), "MT1931", "'DangerNeighbors' option of Resample.BorderlineSmote");
        yield return Case(Resample.SmoteNc(o => o with { Neighbors = 0 }), "MT1931", "Resample.SmoteNc");
        yield return Case(Resample.Adasyn(o => o with { Neighbors = 0 }), "MT1931", "Resample.Adasyn");
        yield return Case(Resample.EditedNearestNeighbors(o => o with { Neighbors = 0 }), "MT1931", "Resample.EditedNearestNeighbors");
        yield return Case(Resample.RandomOver(o => o with { Strategy = SamplingStrategy.Ratio(1.5) }), "MT1932", "must have a ratio in (0, 1]. Got ratio 1.5.");
        yield return Case(Resample.RandomOver(o => o with { Strategy = SamplingStrategy.Majority }), "MT1932", "must not be for the largest class");
        yield return Case(Resample.RandomUnder(o => o with { Strategy = SamplingStrategy.Minority }), "MT1932", "must not be for the smallest class");
        yield return Case(Resample.TomekLinks(o => o with { Strategy = SamplingStrategy.Ratio(0.5) }), "MT1932", "must name classes, such as SamplingStrategy.All");
        yield return Case(Resample.RandomUnder(o => o with { Strategy = Counts("yes", 0) }), "MT1932", "at least 1 row each. Got yes: 0.");
        yield return Case(Resample.RandomUnder(o => o with { Strategy = Counts("yess", 5) }), "MT1934", "a class 'yess' that label 'returns' does not have. Did you mean 'yes'?");
        yield return Case(ClassWeights.Of(new Dictionary<string, double> { ["yess"] = 5 }), "MT1934", "Did you mean 'yes'?");
        yield return Case(ClassWeights.Of(new Dictionary<string, double> { ["yes"] = 0 }), "MT1935", "gives class 'yes' the weight 0; it must be a finite number above 0");
        yield return Case(Resample.Smote(), "MT2671", "Feature 'age' is missing in");
        yield return Case(Resample.Smote(o => o with { Strategy = Counts("yes", 2) }), "MT2673", "Class 'yes' of 'returns' has");
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void Balance_whatDoesNotFit_isAnErrorWithPlaceAndFix(BalanceMethod method, string id, string what)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline(200).Balance(method).Train(Given.SmallTrees).RunAsync())!;
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(what).And.Contain(", Balance, BalancePipelineTests.cs:"));
    }

    [Test]
    public void Balance_ofANumber_isAnError() => AssertError(
        () => Pipeline.From(Csv.Text(Given.ShopCsv(100), label: "spent")).Clean().Split().Balance(ClassWeights.Balanced).Train(Given.SmallTrees), "MT1930", "Label 'spent' is a number, and Balance is for classes. Leave Balance out");

    [Test]
    public void Balance_ratioOfThreeClasses_isAnError() => AssertError(
        () => Pipeline.From(Csv.Text(Given.ShopCsv(100), label: "plan")).Clean().Split().Balance(Resample.RandomOver(o => o with { Strategy = SamplingStrategy.Ratio(1) })).Train(Given.SmallTrees), "MT1933", "label 'plan' has 3. Say SamplingStrategy.Counts");

    [Test]
    public void Smote_ofCategories_isAnErrorThatNamesSmoteNc([Values] bool linear)
    {
        foreach (var method in new[] { Resample.Smote(), Resample.BorderlineSmote(), Resample.Adasyn() })
        {
            AssertError(() => Filled().Balance(method).Train(linear ? Logistic : Given.SmallTrees), "MT2672", $"{method.Name} makes rows between others, and there is nothing between categories: {(linear ? "'member', 'plan=" : "'plan', 'member'.")}");
            AssertError(() => Filled().Balance(method).Train(linear ? Logistic : Given.SmallTrees), "MT2672", "Take Resample.SmoteNc");
        }
    }

    [TestCase(4, "has 4 training rows, and Resample.Smote needs 6: a row and 5 neighbours. Set 'Neighbors' to at most 3, or take Resample.RandomOver.")]
    [TestCase(1, "has 1 training row, and Resample.Smote needs 6: a row and 5 neighbours. Take Resample.RandomOver or ClassWeights.Balanced")]
    public void Smote_fewerRowsThanNeighbours_isAnError(int rows, string what)
    {
        var given = new Skewed([[.. Enumerable.Range(0, 40).Select(row => (float)row)]], [.. Enumerable.Range(0, 40).Select(row => row < rows ? 1f : 0)], [.. Enumerable.Range(0, 40)]);
        var error = Assert.Throws<ModelTrainingException>(() => given.Apply(Resample.Smote()))!;
        Assert.That((error.Id, error.Problems[0].Message), Is.EqualTo(("MT2670", error.Problems[0].Message)));
        Assert.That(error.Message, Does.Contain(what));
    }

    [Test]
    public void Neighbours_moreThanAllRows_isAnError()
    {
        var given = new Skewed([[1, 2, 3]], [0, 0, 1], [0, 1, 2]);
        var error = Assert.Throws<ModelTrainingException>(() => given.Apply(Resample.EditedNearestNeighbors()))!;
        Assert.That(error.Id, Is.EqualTo("MT2670"));
        Assert.That(error.Message, Does.Contain("There are 3 training rows, and Resample.EditedNearestNeighbors needs 4").And.Contain("Lower 'Neighbors'"));
    }

    [Test]
    public void Balance_infiniteValue_isAnErrorThatSaysSo()
    {
        var given = new Skewed([[1, 2, float.PositiveInfinity, 4, 5]], [0, 0, 1, 1, 0], [0, 1, 2, 3, 4]);
        var error = Assert.Throws<ModelTrainingException>(() => given.Apply(Resample.TomekLinks()))!;
        Assert.That(error.Id, Is.EqualTo("MT2671"));
        Assert.That(error.Message, Does.Contain("Feature 'x0' is infinite in 1 of 5 training rows").And.Contain("MissingValues.Median"));
    }

    private static IDataSource CancerFile => Csv.File(Path.Combine(TestData.Root, "samples", "data", "breast-cancer-wdbc.csv"), label: "label");

    private static SplitPipeline Cancer() => Pipeline.From(CancerFile).Clean().Split();

    /// <summary>The shop without missing values: about as many customers come back as do not.</summary>
    private static SplitPipeline Filled() => Pipeline.From(Given.Shop()).Clean(o => o with { Missing = MissingValues.Median }).Split();

    private static SamplingStrategy Counts(string name, int rows) => SamplingStrategy.Counts(new Dictionary<string, int> { [name] = rows });

    private static void AssertError(Func<TrainedPipeline> pipeline, string id, string what)
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => pipeline().RunAsync())!;
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(what).And.Contain(", Balance, BalancePipelineTests.cs:"));
    }

    /// <summary>A trainer as another wants its features, which hands on what it gets.</summary>
    private sealed class NeedsOf(ITrainer trainer, Action<TrainingData> seen) : ITrainer
    {
        public string Name => trainer.Name;

        public TrainerNeeds Needs => trainer.Needs;

        public IEnumerable<Problem> Validate() => trainer.Validate();

        public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
        {
            seen(data);
            return trainer.TrainAsync(data, context, cancellationToken);
        }
    }
}
