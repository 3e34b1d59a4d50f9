namespace ModelTraining.Tests.FineTuning;

/// <summary>Models that are trained further on other rows of the same tables.</summary>
internal sealed class FineTuneTests
{
    [Test]
    public async Task FineTune_aFile_addsTreesToItsOwn()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/telco-churn.csv");
        var first = await From(older, "Churn").Train(Trees.GradientBoosting(o => o with { Trees = 20 })).Evaluate().Export(folder.File("first.onnx")).RunAsync();
        var second = await From(newer, "Churn").FineTune(folder.File("first.onnx"), o => o with { Trees = 30, RestoreBestWeights = false }).Evaluate().Export(folder.File("second.onnx")).RunAsync();

        var (before, after) = ((TreeEnsembleModel)first.Model, (TreeEnsembleModel)second.Model);
        Assert.Multiple(() =>
        {
            Assert.That(after.Trees, Has.Count.EqualTo(before.Trees.Count + 30));
            Assert.That(before.Trees.SelectMany(tree => tree.Categories).Any(set => set is not null), "there are splits by category");
            Assert.That(after.Trees.Take(before.Trees.Count).SelectMany(tree => tree.Leaves).Order(), Is.EqualTo(before.Trees.SelectMany(tree => tree.Leaves).Order()));
            Assert.That(after.Features, Is.EqualTo(before.Features));
            Assert.That(second.Model.Classes, Is.EqualTo(first.Model.Classes));
            Assert.That(second.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
            Assert.That(second.Evaluation["roc_auc"], Is.GreaterThan(0.82));
            Assert.That(after.History!.Training[0], Is.LessThan(before.History!.Training[5]), "it begins where the other ended");
            Assert.That(second.ToHtml(), Does.Contain("The preprocessing of &#39;").Or.Contain("The preprocessing of '"));
        });
    }

    [TestCase("tabular/telco-churn.csv", "Churn")]
    [TestCase("tabular/penguins.csv", "species")]
    [TestCase("tabular/diabetes.csv", "target")]
    public async Task FineTune_byNextToNothing_isTheEarlierModel(string file, string label)
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, file);
        await From(older, label).Train(Trees.GradientBoosting(o => o with { Trees = 15 })).Export(folder.File("first.onnx")).RunAsync();
        var second = await From(newer, label).FineTune(folder.File("first.onnx"), o => o with { Trees = 1, LearningRate = 1e-9 }).Export(folder.File("second.onnx")).RunAsync();

        using var before = Predictor.Load(folder.File("first.onnx"));
        using var after = Predictor.Load(folder.File("second.onnx"));
        var known = before.Schema.Select(column => column.Name).ToHashSet();
        var rows = second.Source.Without([.. second.Source.Schema.Select(column => column.Name).Where(name => !known.Contains(name))]);
        Assert.That(after.Schema.Select(column => column.Name), Is.EquivalentTo(known));
        Assert.That(after.Predict(rows).Scores.ToArray(), Is.EqualTo(before.Predict(rows).Scores.ToArray()).Within(1e-6).Percent);
    }

    [Test]
    public async Task FineTune_twice_keepsTheFeaturesAndTheFileSmall()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/penguins.csv");
        await From(older, "species").Train(Trees.GradientBoosting(o => o with { Trees = 5 })).Export(folder.File("0.onnx")).RunAsync();
        for (var i = 0; i < 3; i++) await From(newer, "species").FineTune(folder.File($"{i}.onnx"), o => o with { Trees = 2 }).Export(folder.File($"{i + 1}.onnx")).RunAsync();

        var (first, last) = (Onnx.OnnxFile.Load(folder.File("0.onnx")), Onnx.OnnxFile.Load(folder.File("3.onnx")));
        Assert.That(last.Nodes.Select(node => node.OpType), Is.EquivalentTo(first.Nodes.Select(node => node.OpType)));
        Assert.That(ModelManifest.ReadFrom(last).Features, Is.EqualTo(ModelManifest.ReadFrom(first).Features));
        Assert.That(TreeEnsembleReader.Read(last.Nodes.Single(node => node.OpType == "TreeEnsembleRegressor")).Trees, Has.Length.EqualTo(3 * (5 + 6)));
    }

    [Test]
    public async Task FineTune_aRun_isFineTuneOfItsFile()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/diabetes.csv");
        var first = await From(older, "target").Train(Trees.GradientBoosting(o => o with { Trees = 10 })).Export(folder.File("first.onnx")).RunAsync();
        var ofRun = await From(newer, "target").FineTune(first, o => o with { Trees = 10, RowFraction = 0.8 }).WithThreads(1).RunAsync();
        var ofFile = await From(newer, "target").FineTune(folder.File("first.onnx"), o => o with { Trees = 10, RowFraction = 0.8 }).WithThreads(3).RunAsync();

        float[] Predictions(PipelineRun run)
        {
            using var predictor = run.CreatePredictor();
            return predictor.Predict(run.Source.Without("target")).Scores.ToArray();
        }

        Assert.That(Predictions(ofRun), Is.EqualTo(Predictions(ofFile)), "to the last bit, at any number of threads");
    }

    [Test]
    public async Task FineTune_stopsEarly_byTheNewValidationRows()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/diabetes.csv");
        var first = await From(older, "target").Train(Trees.GradientBoosting(o => o with { Trees = 30 })).RunAsync();
        var second = await From(newer, "target").FineTune(first, o => o with { Patience = 5 }).Evaluate().RunAsync();
        var history = second.Model.History!;
        Assert.That(history.Validation, Has.Count.EqualTo(history.BestStep + 5));
        Assert.That(((TreeEnsembleModel)second.Model).Trees, Has.Count.EqualTo(((TreeEnsembleModel)first.Model).Trees.Count + history.BestStep));
    }

    [Test]
    public async Task FineTune_fewerClassesInTheNewRows_keepsTheModels()
    {
        using var folder = new TemporaryFolder();
        var path = TestData.Shared("tabular/penguins.csv");
        File.WriteAllLines(folder.File("two.csv"), File.ReadLines(path).Where(line => !line.StartsWith("Adelie", StringComparison.Ordinal)));
        var first = await From(path, "species").Train(Trees.GradientBoosting(o => o with { Trees = 5 })).RunAsync();
        var second = await From(folder.File("two.csv"), "species").FineTune(first, o => o with { Trees = 5 }).Evaluate().Export(folder.File("second.onnx")).RunAsync();
        Assert.That(second.Model.Classes, Is.EqualTo(first.Model.Classes).And.Count.EqualTo(3));
        Assert.That(second.Evaluation["accuracy"], Is.GreaterThan(0.9));
    }

    [Test]
    public async Task FineTune_columnThatIsAlikeEverywhereNow_isStillTaken()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(TestData.Shared("tabular/diabetes.csv"));
        File.WriteAllLines(folder.File("newer.csv"), lines.Skip(1).Select(line => line.Split(',')).Select(fields => string.Join(',', [.. fields[..2], "25", .. fields[3..]])).Prepend(lines[0]));
        var first = await From(TestData.Shared("tabular/diabetes.csv"), "target").Train(Trees.GradientBoosting(o => o with { Trees = 10 })).RunAsync();
        var second = await From(folder.File("newer.csv"), "target").FineTune(first, o => o with { Trees = 10 }).Evaluate().Export(folder.File("second.onnx")).RunAsync();
        Assert.That(second.Model.Features.Select(feature => feature.Name), Has.Member("bmi"));
    }

    [Test]
    public async Task FineTune_calibratedModel_goesOnFromItsTrees([Values(CalibrationMethod.Platt, CalibrationMethod.Isotonic)] CalibrationMethod method)
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/telco-churn.csv");
        var first = await From(older, "Churn").Train(Trees.GradientBoosting(o => o with { Trees = 20 })).Calibrate(method).RunAsync();
        var second = await From(newer, "Churn").FineTune(first, o => o with { Trees = 5 }).Calibrate(method).Evaluate().Export(folder.File("second.onnx")).RunAsync();
        Assert.That(second.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
        Assert.That(second.Evaluation["roc_auc"], Is.GreaterThan(0.82));
    }

    [Test]
    public async Task FineTune_columnsOfAStage_areTakenFromIt()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/diabetes.csv");
        SplitPipeline With(string path) => Pipeline.From(Csv.File(path, label: "target")).Use(new AddRatio()).Split();
        var first = await With(older).Train(Trees.GradientBoosting(o => o with { Trees = 10 })).RunAsync();
        Assert.That(first.Model.Features.Select(feature => feature.Name), Has.Member("ratio"));
        var second = await With(newer).FineTune(first, o => o with { Trees = 10 }).Evaluate().Export(folder.File("second.onnx")).RunAsync();
        Assert.That(second.Exports.Single().Parity.LargestDifference, Is.LessThan(5e-6));
        AssertProblem(Pipeline.From(Csv.File(newer, label: "target")).Use(new AddNothing()).Split().FineTune(first, o => o), "MT2430", "takes a column 'ratio'");
    }

    [Test]
    public async Task FineTune_rowsOfLeaves_areKeptForExplanations()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/telco-churn.csv");
        var first = await From(older, "Churn").Train(Trees.GradientBoosting(o => o with { Trees = 10 })).RunAsync();
        var second = await From(newer, "Churn").FineTune(first, o => o with { Trees = 3 }).Evaluate().RunAsync();
        var (before, after) = ((TreeEnsembleModel)first.Model, (TreeEnsembleModel)second.Model);
        Assert.That(after.Trees.Take(before.Trees.Count).SelectMany(tree => tree.LeafCovers).Order(), Is.EqualTo(before.Trees.SelectMany(tree => tree.LeafCovers).Order()));
        Assert.That(second.ToHtml(), Does.Contain("log-odds"), "SHAP values are in the report");
    }

    [Test]
    public async Task FineTune_objectiveWithALink_isGivenAgain()
    {
        using var folder = new TemporaryFolder();
        var (older, newer) = Halves(folder, "tabular/diabetes.csv");
        var first = await From(older, "target").Train(Trees.GradientBoosting(o => o with { Trees = 20, Objective = BoostingObjective.Poisson })).RunAsync();
        var second = await From(newer, "target").FineTune(first, o => o with { Trees = 5, Objective = BoostingObjective.Poisson }).Evaluate().Export(folder.File("second.onnx")).RunAsync();
        Assert.That(second.Evaluation["rmse"], Is.LessThan(70));
        AssertProblem(From(newer, "target").FineTune(first, o => o with { Trees = 5 }), "MT2435", "was trained with the objective 'Poisson'", "Got 'the default'. Give FineTune the same Objective. (stage ");
    }

    [Test]
    public async Task FineTune_whatDoesNotFit_isAnErrorBeforeAnyWork()
    {
        using var folder = new TemporaryFolder();
        var path = TestData.Shared("tabular/diabetes.csv");
        var first = await From(path, "target").Train(Trees.GradientBoosting(o => o with { Trees = 5 })).RunAsync();
        File.WriteAllLines(folder.File("without.csv"), File.ReadLines(path).Select(line => line.Replace("bmi", "bmi2", StringComparison.Ordinal)));
        AssertProblem(From(folder.File("without.csv"), "target").FineTune(first, o => o), "MT2430", "the earlier run's model takes a column 'bmi', which the data does not have. Did you mean 'bmi2'", "(stage ");

        File.WriteAllLines(folder.File("text.csv"), File.ReadLines(path).Select((line, i) => i == 0 ? line : "grade " + line));
        AssertProblem(From(folder.File("text.csv"), "target").FineTune(first, o => o), "MT2432", "Column 'age' is of type Text, and the earlier run's model takes ");

        var forest = await From(path, "target").Train(Trees.RandomForest(o => o with { Trees = 5 })).RunAsync();
        AssertProblem(From(path, "target").FineTune(forest, o => o), "MT2434", "FineTune adds trees to models of Trees.GradientBoosting; the earlier run's model is of Trees.RandomForest.");
        AssertProblem(From(path, "target").FineTune(folder.File("none.onnx"), o => o), "MT4206", "none.onnx");
        AssertProblem(From(path, "target").FineTune(" ", o => o), "MT1427", "FineTune takes the path of a model that Export wrote. Got nothing.");
        AssertProblem(From(path, "target").Features(o => o).FineTune(first, o => o), "MT1426", "Features stands before FineTune", "Leave Features out.");
        AssertProblem(From(path, "target").FineTune(first, o => o with { Leaves = 1 }), "MT1402", "Leaves");
    }

    [Test]
    public async Task FineTune_otherClasses_areAnError()
    {
        using var folder = new TemporaryFolder();
        var path = TestData.Shared("tabular/penguins.csv");
        File.WriteAllLines(folder.File("other.csv"), File.ReadLines(path).Select(line => line.Replace("Gentoo", "Gentu", StringComparison.Ordinal)));
        var first = await From(path, "species").Train(Trees.GradientBoosting(o => o with { Trees = 5 })).RunAsync();
        AssertProblem(From(folder.File("other.csv"), "species").FineTune(first, o => o), "MT2431", "Label 'species' has the class 'Gentu', which the earlier run's model does not know. Did you mean 'Gentoo'");
        AssertProblem(From(path, "body_mass_g").FineTune(first, o => o), "MT2430", "takes column 'body_mass_g', which is the label here. Name 'species' the label");

        var lines = File.ReadAllLines(TestData.Shared("tabular/diabetes.csv"));
        File.WriteAllLines(folder.File("classes.csv"), lines.Select((line, i) => i == 0 ? line : line[..line.LastIndexOf(',')] + (i % 3 == 0 ? ",low" : ",high")));
        var ofNumbers = await From(TestData.Shared("tabular/diabetes.csv"), "target").Train(Trees.GradientBoosting(o => o with { Trees = 5 })).RunAsync();
        AssertProblem(From(folder.File("classes.csv"), "target").FineTune(ofNumbers, o => o), "MT2431", "the earlier run's model predicts a number, and label 'target' is classes here. State the task by WithTask(LearningTask.Regression)");
    }

    private static SplitPipeline From(string path, string label) => Pipeline.From(Csv.File(path, label: label)).Clean().Split();

    private static (string Older, string Newer) Halves(TemporaryFolder folder, string file)
    {
        var lines = File.ReadAllLines(TestData.Shared(file));
        // Every other row, as some files are sorted by class.
        File.WriteAllLines(folder.File("older.csv"), lines.Where((_, i) => i == 0 || i % 2 == 1));
        File.WriteAllLines(folder.File("newer.csv"), lines.Where((_, i) => i % 2 == 0));
        return (folder.File("older.csv"), folder.File("newer.csv"));
    }

    private static void AssertProblem(TrainedPipeline pipeline, string id, params string[] said)
    {
        var failure = Assert.ThrowsAsync<ModelTrainingException>(async () => await pipeline.RunAsync());
        Assert.That(failure!.Id, Is.EqualTo(id), failure.Message);
        foreach (var part in said) Assert.That(failure.Message, Does.Contain(part));
    }

    private sealed class AddRatio : IPipelineStage
    {
        public string Name => "Ratio";

        public IEnumerable<Problem> Validate() => [];

        public ValueTask<Table> RunAsync(Table table, StageContext context, CancellationToken cancellationToken)
        {
            var (first, second) = (new float[table.RowCount], new float[table.RowCount]);
            table["bmi"].CopyTo(first);
            table["bp"].CopyTo(second);
            return ValueTask.FromResult(table.With(new NumberColumn("ratio", first.Zip(second, (a, b) => a / b).ToArray())));
        }
    }

    private sealed class AddNothing : IPipelineStage
    {
        public string Name => "Nothing";

        public IEnumerable<Problem> Validate() => [];

        public ValueTask<Table> RunAsync(Table table, StageContext context, CancellationToken cancellationToken) => ValueTask.FromResult(table);
    }
}
