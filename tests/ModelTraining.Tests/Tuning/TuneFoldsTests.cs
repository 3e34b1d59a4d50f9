using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tuning;

internal sealed class TuneFoldsTests
{
    private static Func<SearchSpace, Func<Trial, ITrainer>> Small { get; } = Tune.GradientBoosting(o => o with { Trees = 10 });

    [Test]
    public async Task Tune_withFolds_scoresByTheMeanOverFoldsOfTheTrainingPart_andTrainsTheBestOnAllOfIt()
    {
        var trainer = new RecordingTrainer(Given.SmallTrees);
        var run = await Given.ShopPipeline(300).Tune(
            space =>
            {
                space.Bool("b");
                return _ => trainer;
            },
            o => o with { Trials = 2, Folds = 3 }).RunAsync();
        var (parts, split) = (trainer.Parts, run.Split);

        Assert.That(parts, Has.Count.EqualTo(7), "3 folds of 2 trials, and the best again");
        Assert.That(parts.Take(3).SelectMany(part => part.Validation), Is.EquivalentTo(split.TrainingRows.ToArray()), "folds of the training part");
        foreach (var part in parts.Take(6)) Assert.That(part.Training.Concat(part.Validation), Is.EquivalentTo(split.TrainingRows.ToArray()));
        Assert.That(parts[6].Training, Is.EqualTo(split.TrainingRows.ToArray()));
        Assert.That(parts[6].Validation, Is.EqualTo(split.ValidationRows.ToArray()));
        var report = run.Report<TuneReport>()!;
        Assert.That(report.Folds, Is.EqualTo(3));
        Assert.That(report.Trials[0].Value, Is.EqualTo(report.Trials[1].Value), "the same settings, the same folds");
        Assert.That(run.Warnings.Where(warning => warning.Contains("trained again", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Tune_withFolds_fitsFeaturesOncePerFold_andNeverOnTheFold()
    {
        var transform = new CountingTransform();
        var run = await Pipeline.From(Given.Shop(300)).Clean().Split(validation: 0).Use(transform).Tune(Small, o => o with { Trials = 4, Folds = 3 }).RunAsync();

        Assert.That(transform.Fits, Is.EqualTo(4), "of 3 folds, and of the whole training part");
        Assert.That(run.Split.ValidationRows.IsEmpty, Is.True, "no validation part is needed");
        Assert.That(run.ToHtml(), Does.Contain("as the mean over 3 folds of the training part"));
    }

    [Test]
    public async Task Tune_withFoldsAndAPruner_givesTrialsUpBetweenFolds()
    {
        var run = await Given.ShopPipeline(300).Tune(Small, o => o with { Trials = 3, Folds = 4, Pruner = new AfterSecondStep() }).RunAsync();

        var trials = run.Report<TuneReport>()!.Trials;
        Assert.That(trials.Select(trial => trial.State), Is.EqualTo(new[] { TrialState.Complete, TrialState.Pruned, TrialState.Pruned }));
        Assert.That(trials[0].Reports.Select(report => report.Step), Is.EqualTo(new[] { 1, 2, 3 }), "after each fold but the last, which has the value");
        Assert.That(trials[1].Reports, Has.Length.EqualTo(2));
        Assert.That(trials[0].Reports[0].Value, Is.InRange(0.5, 1), "the metric itself");
    }

    [Test]
    public void Tune_withOneFold_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline().Tune(Small, o => o with { Folds = 1 }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT1907"));
        Assert.That(thrown.Message, Does.Contain("'Folds' option of Tune must be at least 2. Got 1. Leave it out").And.Contain("Tune, TuneFoldsTests.cs:"));
    }

    [Test]
    public async Task Tune_withFolds_keepsGroupsTogether()
    {
        var trainer = new RecordingTrainer(Given.SmallTrees);
        var run = await Pipeline.From(Given.Shop(300)).Split(o => o with { GroupBy = "plan", Validation = 0, Test = 0.3 }).Tune(
            space =>
            {
                space.Bool("b");
                return _ => trainer;
            },
            o => o with { Trials = 1, Folds = 2 }).RunAsync();

        string? Plan(int row) => ((TextColumn)run.Table["plan"]).Text(row);
        foreach (var part in trainer.Parts.Take(2)) Assert.That(part.Training.Select(Plan).Intersect(part.Validation.Select(Plan)), Is.Empty);
    }

    private sealed class AfterSecondStep : IPruner
    {
        public string Name => "after the second step";

        public IEnumerable<Problem> Validate() => [];

        public bool ShouldPrune(PrunerContext context) => context.Trial.Number > 0 && context.Step >= 2;
    }
}
