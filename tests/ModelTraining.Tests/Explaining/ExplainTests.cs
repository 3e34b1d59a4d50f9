using System.Globalization;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Explaining;

internal sealed class ExplainTests
{
    [Test]
    public async Task Explain_inPipeline_explainsTestRows()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().Explain().RunAsync();
        var (explanation, shap) = (run.Explanation, run.Explanation.Shap!);
        var outputs = new float[2 * run.Split.TestRows.Length];
        run.Model.Predict(run.FeaturesOrNull!.Apply(run.Table), run.Split.TestRows.Span, outputs);
        Assert.Multiple(() =>
        {
            Assert.That(shap.Rows.RowCount, Is.EqualTo(run.Split.TestRows.Length), "there are fewer than a thousand");
            Assert.That(shap.Outputs, Is.EqualTo(new[] { "yes" }));
            Assert.That(shap.Unit, Is.EqualTo("log-odds"));
            Assert.That(explanation.Metric, Is.EqualTo("roc_auc"));
            Assert.That(explanation.Score, Is.EqualTo(run.Evaluation["roc_auc"]).Within(1e-12));
            Assert.That(explanation.Permutations.Select(importance => importance.Column), Is.EquivalentTo(run.FeaturesOrNull!.UsedColumns));
            Assert.That(explanation.Permutations.Take(3).Select(importance => importance.Column), Is.EquivalentTo(new[] { "age", "spent", "plan" }));
            Assert.That(explanation.Permutations.Select(importance => importance.Mean), Is.Ordered.Descending);
            Assert.That(explanation.ToString(), Does.Contain("Permuted, roc_auc").And.Contain("SHAP of"));
        });
        for (var row = 0; row < shap.Rows.RowCount; row++)
        {
            var odds = shap.BaseValues[0];
            foreach (var value in shap.Row(row)) odds += value;
            Assert.That(1 / (1 + Math.Exp(-odds)), Is.EqualTo(outputs[(2 * row) + 1]).Within(1e-5));
        }
    }

    [Test]
    public async Task Explain_rows_areSpreadOverTheTestPart()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Explain(options => options with { Rows = 4, Repeats = 0 }).RunAsync();
        var test = run.Split.TestRows.ToArray();
        var origins = Enumerable.Range(0, 4).Select(row => run.Explanation.Shap!.Rows.Origin(row));
        Assert.That(origins, Is.EqualTo(new[] { test[0], test[test.Length / 4], test[test.Length / 2], test[3 * test.Length / 4] }.Select(run.Table.Origin)));
        Assert.That(run.Explanation.Permutations, Is.Empty);
        Assert.That(run.Explanation.Score, Is.NaN);
    }

    [Test]
    public async Task Explain_anyNumberOfThreads_sameBits()
    {
        async Task<Explanation> With(int threads) => (await Given.ShopPipeline(300).Train(Given.SmallTrees).WithThreads(threads).Explain(options => options with { Repeats = 2 }).RunAsync()).Explanation;
        var (one, three) = (await With(1), await With(3));
        Assert.That(three.Permutations, Is.EqualTo(one.Permutations));
        for (var row = 0; row < one.Shap!.Rows.RowCount; row++) Assert.That(three.Shap!.Row(row).ToArray(), Is.EqualTo(one.Shap.Row(row).ToArray()));
    }

    [Test]
    public async Task Explain_afterTheRun_givesTheSame()
    {
        var told = new List<TrainingProgress>();
        var run = await Given.ShopPipeline(300).Train(Given.SmallTrees).Explain().WithProgress(told.Add).RunAsync();
        told.Clear();
        var again = run.Explain();
        Assert.That(told.Select(progress => progress.Unit).Distinct(), Is.EqualTo(new[] { "rows", "permutations" }));
        Assert.That(told[^1], Has.Property("Completed").EqualTo(told[^1].Total));
        Assert.That(again.Permutations, Is.EqualTo(run.Explanation.Permutations));
        Assert.That(again.Shap!.Importances, Is.EqualTo(run.Explanation.Shap!.Importances));
    }

    [Test]
    public async Task ExplainRows_ofTheTable_areWhatTheyAreInTheSample()
    {
        var run = await Given.ShopPipeline(300).Train(Given.SmallTrees).RunAsync();
        var sample = run.Explain(options => options with { Repeats = 0 }).Shap!;
        var one = run.ExplainRows(sample.Rows.Take([5]).Without("returns"));
        Assert.That(one.Row(0).ToArray(), Is.EqualTo(sample.Row(5).ToArray()));
        Assert.That(one.ToTable()["age"][0], Is.EqualTo(one[0, one.Features.Index().First(pair => pair.Item == "age").Index]));
    }

    [Test]
    public async Task ByColumn_oneHotAndDates_areSummedToTheirColumns()
    {
        var run = await Given.ShopPipeline().Train(Linear.Logistic()).RunAsync();
        var shap = run.Explain(options => options with { Repeats = 0 }).Shap!;
        var byColumn = shap.ByColumn();
        Assert.That(shap.Features.Count(name => name.StartsWith("plan", StringComparison.Ordinal)), Is.GreaterThan(1));
        Assert.That(byColumn.Features, Is.EquivalentTo(new[] { "age", "spent", "plan", "since", "member" }));
        var plan = byColumn.Features.Index().First(pair => pair.Item == "plan").Index;
        for (var row = 0; row < 10; row++)
        {
            var expected = shap.Features.Index().Where(pair => pair.Item.StartsWith("plan", StringComparison.Ordinal)).Sum(pair => (double)shap[row, pair.Index]);
            Assert.That(byColumn[row, plan], Is.EqualTo(expected).Within(1e-6));
            Assert.That(byColumn.Row(row).ToArray().Sum(value => (double)value), Is.EqualTo(shap.Row(row).ToArray().Sum(value => (double)value)).Within(1e-5));
        }

        Assert.That(byColumn.ByColumn(), Is.SameAs(byColumn));
    }

    [Test]
    public async Task Explain_linearModel_isCoefficientTimesDistanceFromMean()
    {
        var run = await Given.ShopPipeline().Train(Linear.Logistic()).RunAsync();
        var (model, rows) = ((LinearModel)run.Model, run.Table.Take(run.Split.TestRows.Span[..5]));
        var (shap, features, training) = (run.ExplainRows(rows), run.FeaturesOrNull!.Apply(rows), run.FeaturesOrNull!.Apply(run.Table.Take(run.Split.TrainingRows.Span)));
        var sum = model.Intercepts[0].Value;
        for (var feature = 0; feature < features.Count; feature++)
        {
            var mean = training.Column(feature).ToArray().Average(value => (double)value);
            sum += model.Coefficients[feature].Value * mean;
            for (var row = 0; row < 5; row++) Assert.That(shap[row, feature], Is.EqualTo(model.Coefficients[feature].Value * (features.Column(feature)[row] - mean)).Within(1e-5));
        }

        Assert.That(shap.BaseValues[0], Is.EqualTo(sum).Within(1e-6));
    }

    [Test]
    public async Task Explain_linearModelOfMoreClasses_sumsToItsScores()
    {
        var run = await Pipeline.From(Csv.Text(Given.ShopCsv(300), label: "plan", options => options with { Ids = ["customer"] })).Clean().Split().Train(Linear.Logistic()).RunAsync();
        var rows = run.Split.TestRows.Span[..5].ToArray();
        var (shap, outputs) = (run.ExplainRows(run.Table.Take(rows)), new float[15]);
        run.Model.Predict(run.FeaturesOrNull!.Apply(run.Table), rows, outputs);
        Assert.That(shap.Outputs, Is.EqualTo(run.Model.Classes));
        for (var row = 0; row < 5; row++)
        {
            var scores = Enumerable.Range(0, 3).Select(output => Math.Exp(shap.BaseValues[output] + shap.Row(row, output).ToArray().Sum(value => (double)value))).ToArray();
            for (var output = 0; output < 3; output++) Assert.That(scores[output] / scores.Sum(), Is.EqualTo(outputs[(3 * row) + output]).Within(1e-5));
        }

        var meanSize = shap.Features.Index().Sum(pair => Enumerable.Range(0, 15).Average(i => Math.Abs((double)shap[i / 3, pair.Index, i % 3])) * 3);
        Assert.That(shap.Importances.Sum(importance => importance.MeanAbsolute), Is.EqualTo(meanSize).Within(1e-5));
    }

    [Test]
    public async Task Explain_column_isPermutedBeforePreprocessing()
    {
        SpyModel? spy = null;
        var table = new Table(
            [new NumberColumn("x", Enumerable.Range(0, 40).Select(i => (float)i).ToArray()), TextColumn.From("kind", [.. Enumerable.Range(0, 40).Select(i => $"k{i % 3}")]), new NumberColumn("y", Enumerable.Range(0, 40).Select(i => (float)i).ToArray())],
            new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label });
        var run = await Pipeline.From(new TableSource(table)).Split(test: 0.5)
            .Features(options => options with { Encoding = CategoryEncoding.OneHot })
            .Train(new FunctionTrainer((data, _, _) => spy = SpyModel.Of(data)))
            .Explain(options => options with { Repeats = 3, Metric = Metrics.MeanAbsoluteError }).RunAsync();

        Assert.That(run.Explanation.Shap, Is.Null);
        Assert.That(run.Explanation.Score, Is.Zero);
        Assert.That(run.Explanation.Permutations.Select(importance => importance.Column), Is.EqualTo(new[] { "x", "kind" }));
        Assert.That(run.Explanation.Permutations[1], Is.EqualTo(new PermutationImportance("kind", 0, 0)));
        var errors = new List<double>();
        var mixed = 0;
        var x = run.Split.TestRows.ToArray().Select(row => (float)row).ToArray();
        foreach (var features in spy!.Asked)
        {
            for (var row = 0; row < features.RowCount; row++) Assert.That(features.Column(1)[row] + features.Column(2)[row] + features.Column(3)[row], Is.EqualTo(1), "a row has one kind");
            Assert.That(features.Column(0).ToArray(), Is.EquivalentTo(x));
            if (features.Column(0).SequenceEqual(x)) mixed++;
            else errors.Add(x.Zip(features.Column(0).ToArray(), (a, b) => Math.Abs((double)a - b)).Average());
        }

        Assert.That(mixed, Is.EqualTo(4), "as they are, and three times with another kind");
        Assert.That(run.Explanation.Permutations[0].Mean, Is.EqualTo(errors.Average()).Within(1e-5));
        Assert.That(run.Explanation.Permutations[0].Deviation, Is.EqualTo(Math.Sqrt(errors.Average(error => Math.Pow(error - errors.Average(), 2)))).Within(1e-5));
    }

    [Test]
    public async Task Explain_fineTunedModel_explainsEarlierTreesToo()
    {
        var earlier = await Given.ShopPipeline().Train(Given.SmallTrees).RunAsync();
        var run = await Given.ShopPipeline(300).FineTune(earlier, options => options with { Trees = 5 }).Evaluate().Explain(options => options with { Repeats = 1 }).RunAsync();
        var (shap, outputs) = (run.Explanation.Shap!, new float[2]);
        run.Model.Predict(run.FeaturesOrNull!.Apply(shap.Rows), [0], outputs);
        Assert.That(1 / (1 + Math.Exp(-shap.BaseValues[0] - shap.Row(0).ToArray().Sum(value => (double)value))), Is.EqualTo(outputs[1]).Within(1e-5));
        Assert.That(run.Explanation.Score, Is.EqualTo(run.Evaluation["roc_auc"]).Within(1e-9));
        Assert.That(shap.ByColumn().Importances.Take(3).Select(importance => importance.Feature), Is.EquivalentTo(new[] { "age", "spent", "plan" }));
        Assert.That(run.ToHtml(), Does.Contain("SHAP values"));
    }

    [Test]
    public async Task Explain_weightedRows_countByTheirWeight()
    {
        var random = new SeededRandom(3);
        var x = Enumerable.Range(0, 200).Select(_ => (float)random.NextNormal()).ToArray();
        var table = new Table(
            [new NumberColumn("x", x), new NumberColumn("y", x.Select(value => value + (float)random.NextNormal()).ToArray()), new NumberColumn("w", x.Select(value => value > 0 ? 5f : 0.1f).ToArray())],
            new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label, ["w"] = ColumnRole.Weight });
        var run = await Pipeline.From(new TableSource(table)).Split(test: 0.5).Train(Linear.Ridge()).Evaluate().Explain().RunAsync();
        var plain = await Pipeline.From(new TableSource(table.WithRole("w", ColumnRole.Ignored))).Split(test: 0.5).Train(Linear.Ridge()).Evaluate().Explain().RunAsync();
        Assert.That(run.Explanation.Score, Is.EqualTo(run.Evaluation["rmse"]).Within(1e-9));
        Assert.That(run.Explanation.Permutations.Select(importance => importance.Column), Is.EqualTo(new[] { "x" }));
        Assert.That(run.Explanation.Permutations[0].Mean, Is.Not.EqualTo(plain.Explanation.Permutations[0].Mean).Within(1e-3));
    }

    [Test]
    public async Task Explain_higherIsBetter_isWorseWhereLess()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).RunAsync();
        Assert.That(run.Explain(options => options with { Rows = 0, Metric = Metrics.Accuracy }).Permutations[0].Mean, Is.Positive);
        Assert.That(run.Explain(options => options with { Rows = 0, Metric = Metrics.LogLoss }).Permutations[0].Mean, Is.Positive);
    }

    [Test]
    public async Task Explain_calibratedModel_explainsWhatComesBefore()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Calibrate().Explain(options => options with { Repeats = 1, Metric = Metrics.LogLoss }).Evaluate().RunAsync();
        var (shap, inner) = (run.Explanation.Shap!, new float[2]);
        ((CalibratedModel)run.Model).Inner.Predict(run.FeaturesOrNull!.Apply(shap.Rows), [0], inner);
        Assert.That(shap.Unit, Is.EqualTo("log-odds before calibration"));
        Assert.That(1 / (1 + Math.Exp(-shap.BaseValues[0] - shap.Row(0).ToArray().Sum(value => (double)value))), Is.EqualTo(inner[1]).Within(1e-5));
        Assert.That(run.Explanation.Score, Is.EqualTo(run.Evaluation["log_loss"]).Within(1e-9));
    }

    [Test]
    public async Task Explain_threshold_holdsForPermutations()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Threshold(options => options with { FalseNegativeCost = 10 }).Explain(options => options with { Rows = 0, Metric = Metrics.Accuracy }).Evaluate().RunAsync();
        Assert.That(run.Explanation.Score, Is.EqualTo(run.Evaluation["accuracy"]).Within(1e-12));
        Assert.That(run.Report<ThresholdReport>()!.Threshold, Is.LessThan(0.4), "what is called positive differs from the more probable class");
    }

    [Test]
    public async Task Explain_beforeWhatChangesPredictions_isRefused()
    {
        var calibrated = await Thrown(() => Given.ShopPipeline(50).Train(Given.SmallTrees).Explain().Calibrate().RunAsync());
        var threshold = await Thrown(() => Given.ShopPipeline(50).Train(Given.SmallTrees).Explain().Threshold().RunAsync());
        Assert.That(calibrated.Message, Does.StartWith("MT1323").And.Contain("after Explain"));
        Assert.That(threshold.Message, Does.StartWith("MT1323").And.Contain("after Explain"));
    }

    [Test]
    public async Task Explain_wrongOptions_areToldBeforeAnyWork()
    {
        var source = new CountingSource(Given.Shop(50));
        var wrong = await Thrown(() => Pipeline.From(source).Split().Train(Given.SmallTrees).Explain(options => options with { Rows = -1, Repeats = -2 }).RunAsync());
        Assert.Multiple(() =>
        {
            Assert.That(wrong.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { "MT1440", "MT1441" }));
            Assert.That(wrong.Message, Does.Contain("'Rows'").And.Contain("Got -1").And.Contain("'Repeats'").And.Contain("stage 5 of 5, Explain, ExplainTests.cs"));
            Assert.That(source.Reads, Is.Zero);
        });
    }

    [Test]
    public async Task Explain_metricOfAnotherTask_isToldBeforeTraining()
    {
        var wrong = await Thrown(() => Given.ShopPipeline(50).Train(new FunctionTrainer((_, _, _) => throw new InvalidOperationException("trained"))).Explain(options => options with { Metric = Metrics.RSquared }).RunAsync());
        Assert.That(wrong.Id, Is.EqualTo("MT1442"));
        Assert.That(wrong.Message, Does.Contain("'r2' is not defined for BinaryClassification").And.Contain("roc_auc").And.Contain("ExplainTests.cs"));
        var run = await Given.ShopPipeline(100).Train(Given.SmallTrees).RunAsync();
        Assert.That(() => run.Explain(options => options with { Metric = Metrics.RSquared }), Throws.InstanceOf<ModelTrainingException>().With.Property("Id").EqualTo("MT1442"));
    }

    [Test]
    public async Task ExplainRows_modelWithoutShapValues_saysWhichHaveThem()
    {
        var run = await Given.ShopPipeline(100).Train(Neighbors.KNearest()).Explain(options => options with { Repeats = 1 }).RunAsync();
        Assert.That(run.Explanation.Shap, Is.Null);
        Assert.That(run.Explanation.Permutations, Is.Not.Empty);
        Assert.That(() => run.ExplainRows(run.Table), Throws.InstanceOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2440").And.Message.Contains("Neighbors.KNearest").And.Message.Contains("Trees and Linear"));
    }

    [Test]
    public async Task ExplainRows_moreThanAnArrayHolds_saysHowManyAtATime()
    {
        var run = await Given.ShopPipeline(100).Train(new FunctionTrainer((data, _, _) => ManyClasses.Model(data))).RunAsync();
        Assert.That(() => run.ExplainRows(run.Table.Take([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])), Throws.InstanceOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2441").And.Message.Contains("at a time"));
    }

    [Test]
    public async Task ExplainRows_single_tellsItFromBaseToSum()
    {
        var run = await Given.ShopPipeline(300).Train(Given.SmallTrees).RunAsync();
        var one = run.ExplainRows(run.Table.Take(run.Split.TestRows.Span[..1])).ByColumn();
        var lines = one.ToString().Split(Environment.NewLine);
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.StartWith("yes: log-odds").And.EndsWith("SHAP"));
            Assert.That(lines[1], Does.StartWith("on average"));
            Assert.That(lines[^1], Does.StartWith("of this row").And.EndsWith((one.BaseValues[0] + one.Row(0).ToArray().Sum(value => (double)value)).ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture)));
            Assert.That(lines[2..^1], Has.Length.EqualTo(one.Features.Count));
            Assert.That(lines[2..^1], Has.One.Match($@"^plan +{one.Rows["plan"][0]} +[+-]"));
        });
    }

    [Test]
    public async Task ExplainRows_none_hasNone()
    {
        var run = await Given.ShopPipeline(100).Train(Given.SmallTrees).RunAsync();
        var none = run.ExplainRows(run.Table.Take([]));
        Assert.That(none.Importances.Select(importance => importance.MeanAbsolute), Is.All.Zero);
        Assert.That(none.ByColumn().ToTable().RowCount, Is.Zero);
    }

    [Test]
    public async Task Explain_cancelled_leavesTheModel()
    {
        using var cancel = new CancellationTokenSource();
        var seen = new List<string>();
        var run = await Given.ShopPipeline(300).Train(Given.SmallTrees).Explain(options => options with { Repeats = 1000 })
            .WithProgress(progress =>
            {
                if (progress.Stage == "Explain" && progress.Unit.Length > 0) seen.Add(progress.Unit);
                if (progress is { Unit: "permutations", Completed: >= 3 }) cancel.Cancel();
            })
            .Evaluate().RunAsync(cancel.Token);
        Assert.Multiple(() =>
        {
            Assert.That(seen.Distinct(), Is.EqualTo(new[] { "rows", "permutations" }));
            Assert.That(() => run.Explanation, Throws.InvalidOperationException.With.Message.Contains("Explain"));
            Assert.That(run.Warnings, Has.Some.Contains("run.Explain()"));
            Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.5));
            Assert.That(() => run.Explain(null, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(() => run.ExplainRows(run.Table, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        });
    }

    private static async Task<ModelTrainingException> Thrown(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ModelTrainingException exception)
        {
            return exception;
        }

        throw new AssertionException("Nothing was thrown.");
    }

    private sealed class TableSource(Table table) : IDataSource
    {
        public string Description => "a table";

        public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken) => new(table);
    }
}
