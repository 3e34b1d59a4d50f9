namespace ModelTraining.Tests.Tuning;

internal sealed class MLNetTuneTests
{
    private static IEnumerable<TestCaseData> OfClasses()
    {
        yield return Case("FastTree", MLNetTune.FastTree(), "NumberOfLeaves", "20");
        yield return Case("FastForest", MLNetTune.FastForest(o => o with { NumberOfTrees = 10 }), "FeatureFraction", "0.7");
        yield return Case("Gam", MLNetTune.Gam(o => o with { NumberOfIterations = 50 }), "LearningRate", "0.002");
        yield return Case("Sdca", MLNetTune.Sdca(), "RegularizationByData", "true");
        yield return Case("Lbfgs", MLNetTune.Lbfgs(), "L1Regularization", "1");
        yield return Case("AveragedPerceptron", MLNetTune.AveragedPerceptron(), "NumberOfIterations", "10");
        yield return Case("LinearSvm", MLNetTune.LinearSvm(), "Lambda", "0.001");
        yield return Case("LightGbm", MLNetTune.LightGbm(o => o with { NumberOfIterations = 10, LearningRate = 0.2 }), "LearningRate", "0.2");
    }

    [TestCaseSource(nameof(OfClasses))]
    public Task Tune_aSpaceOfMLNet_beginsAtItsDefaults_andTriesItsTrainer(Func<SearchSpace, Func<Trial, ITrainer>> space, string parameter, string beginsAt, string name) =>
        Tries(space, parameter, beginsAt, name, row => row.Y > 1 ? "much" : "little");

    [Test]
    public Task Tune_leastSquares_beginsAtItsDefault_andTriesItsTrainer() => Tries(MLNetTune.Ols(), "L2Regularization", "1E-06", "Ols", row => row.Y);

    private static async Task Tries<T>(Func<SearchSpace, Func<Trial, ITrainer>> space, string parameter, string beginsAt, string name, Func<Row, T> label)
    {
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 200).Select(_ => new Row(random.NextDouble(), random.NextDouble())).Select(row => new Labelled<T>(row.A, row.B, label(row))).ToList();
        var run = await Pipeline.From(Records.Of(rows, label: "Label")).Split().Tune(space, o => o with { Trials = 3 }).Evaluate().RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Trials.Select(trial => trial.Reason), Is.All.Null);
        Assert.That(report.Settings(report.Trials[0])[parameter], Is.EqualTo(beginsAt));
        Assert.That(report.Trials.Select(trial => string.Join(' ', trial.Parameters)).Distinct().Count(), Is.GreaterThan(1));
        Assert.That(run.Model.Trainer, Does.Contain(name));
    }

    private static TestCaseData Case(string name, Func<SearchSpace, Func<Trial, ITrainer>> space, string parameter, string beginsAt) => new TestCaseData(space, parameter, beginsAt, name).SetArgDisplayNames(name);

    private sealed record Row(double A, double B)
    {
        public double Y => A + B;
    }

    private sealed record Labelled<T>(double A, double B, T Label);
}
