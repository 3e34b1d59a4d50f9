using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Ensembles;

internal sealed class EnsembleModelTests
{
    private static IEnumerable<TestCaseData> Members()
    {
        yield return Case("trees", _ => Given.SmallTrees, false);
        yield return Case("trees, calibrated", _ => Given.SmallTrees, true);
        yield return Case("trees and a linear model", member => member == 0 ? Given.SmallTrees : Linear.Logistic(), false);
        yield return Case("networks", _ => Networks.Mlp(o => o with { Epochs = 2, Hidden = [8] }), false);

        static TestCaseData Case(string name, Func<int, ITrainer> trainer, bool calibrated) => new TestCaseData(trainer, calibrated) { TestName = $"Verify_anEnsembleOf_{name}_isEqualInOnnxRuntime" };
    }

    [TestCaseSource(nameof(Members))]
    public async Task Verify_anEnsemble_isEqualInOnnxRuntime(Func<int, ITrainer> trainer, bool calibrated)
    {
        var runs = new List<PipelineRun>();
        for (var i = 0; i < 3; i++) runs.Add(await RunAsync(trainer(i), calibrated, (ulong)i));
        var state = Together(runs, null);

        Assert.That(new ModelExporter(state).Verify().LargestDifference, Is.LessThan(Parity.Tolerance));
        Assert.That(state.Model.Features, Has.Count.EqualTo(runs.Sum(run => run.Model.Features.Count)));
        Assert.That(state.Features.UsedColumns, Is.EquivalentTo(runs.SelectMany(run => run.FeaturesOrNull!.UsedColumns).Distinct()));
    }

    [Test]
    public async Task Predict_ofAnEnsemble_isTheWeightedMeanOfItsMembers()
    {
        PipelineRun[] runs = [await RunAsync(Given.SmallTrees, false, 1), await RunAsync(Linear.Logistic(), false, 2)];
        var state = Together(runs, [3, 1]);
        int[] rows = [3, 500, 7];

        var means = Predict(state.Model, state.Data.Features, rows);

        var each = runs.Select(run => Predict(run.Model, run.FeaturesOrNull!.Apply(state.Table), rows)).ToArray();
        for (var i = 0; i < means.Length; i++) Assert.That(means[i], Is.EqualTo((0.75f * each[0][i]) + (0.25f * each[1][i])).Within(1e-6));
        Assert.That(((EnsembleModel)state.Model).Weights, Is.EqualTo(new[] { 0.75f, 0.25f }));
        Assert.That(state.Model.Trainer, Does.Contain(runs[0].Model.Trainer).And.Contain(" + "));
        Assert.That(state.Model.Importances.Sum(importance => importance.Gain), Is.EqualTo(1).Within(1e-6));
        Assert.That(state.Model.Importances.Count(importance => importance.Feature == "age"), Is.EqualTo(1), "of each feature one");
    }

    [Test]
    public async Task Of_partsThatShareTheirFeatures_areThereOnce()
    {
        var run = await RunAsync(Given.SmallTrees, false, 1);
        var features = run.FeaturesOrNull!;

        var union = FeatureUnion.Of([features, features], run.Table.Schema, i => $"{i}/");

        Assert.That(union.Features, Is.SameAs(features));
        Assert.That(union.FirstFeatures, Is.EqualTo(new[] { 0, 0 }));
    }

    [Test]
    public async Task Of_partsWithOtherFeatures_shareWhatWasNotLearned()
    {
        PipelineRun[] runs = [await RunAsync(Linear.Logistic(), false, 1), await RunAsync(Linear.Logistic(), false, 2)];

        var union = FeatureUnion.Of([.. runs.Select(run => run.FeaturesOrNull!)], runs[0].Table.Schema, i => $"fold {i + 1}/");

        Assert.That(union.Features.Features.Select(feature => feature.Name), Does.Contain("fold 1/age").And.Contain("fold 2/age"));
        Assert.That(union.FirstFeatures, Is.EqualTo(new[] { 0, runs[0].Model.Features.Count }));
        Assert.That(union.Features.Descriptions.Last(), Does.StartWith("Features of 2 models"));
    }

    [Test]
    public async Task Constructor_membersThatPredictOtherThings_isAnError()
    {
        PipelineRun[] runs = [await RunAsync(Given.SmallTrees, false, 1), await Pipeline.From(Csv.Text(Given.ShopCsv(), label: "plan")).Clean().Split().Train(Given.SmallTrees).RunAsync()];

        Assert.That(() => new EnsembleModel([.. runs.Select(run => run.Model)], runs[0].Model.Features, [0, 0]), Throws.ArgumentException.With.Message.Contains("predict different things"));
    }

    private static Task<PipelineRun> RunAsync(ITrainer trainer, bool calibrated, ulong seed)
    {
        var trained = Pipeline.From(Given.Shop()).Clean().Split().Train(trainer).WithSeed(seed);
        return (calibrated ? trained.Calibrate(CalibrationMethod.Isotonic) : trained).RunAsync();
    }

    private static RunState Together(IReadOnlyList<PipelineRun> runs, double[]? weights)
    {
        var first = runs[0];
        var union = FeatureUnion.Of([.. runs.Select(run => run.FeaturesOrNull!)], first.Table.Schema, i => $"{i}/");
        return new RunState(first.Plan, new StageContext(), null)
        {
            Source = first.Source,
            Table = first.Table,
            Target = first.Target,
            Split = first.Split,
            Features = union.Features,
            Data = new TrainingData(union.Features.Apply(first.Table), first.Target, first.Split.TrainingRows, first.Split.ValidationRows),
            Model = new EnsembleModel([.. runs.Select(run => run.Model)], union.Features.Features, union.FirstFeatures, weights),
        };
    }

    private static float[] Predict(TrainedModel model, FeatureSet features, int[] rows)
    {
        var outputs = new float[rows.Length * model.OutputCount];
        model.Predict(features, rows, outputs);
        return outputs;
    }
}
