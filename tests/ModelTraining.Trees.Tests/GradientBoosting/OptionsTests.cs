namespace ModelTraining.Tests.GradientBoosting;

public class OptionsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        TestCaseData Case(string id, string found, Func<GradientBoostingOptions, GradientBoostingOptions> configure) => new TestCaseData(id, found, configure).SetArgDisplayNames(id, found);
        yield return Case("MT1401", "'Trees' option of Trees.GradientBoosting must be at least 1. Got 0.", o => o with { Trees = 0 });
        yield return Case("MT1402", "'Leaves' option of Trees.GradientBoosting must be from 2 to 65536. Got 1.", o => o with { Leaves = 1 });
        yield return Case("MT1402", "Got 65537.", o => o with { Leaves = 65537 });
        yield return Case("MT1403", "Got 0.", o => o with { MaxDepth = 0 });
        yield return Case("MT1404", "'LearningRate' option of Trees.GradientBoosting must be in (0, 1]. Got 1.5.", o => o with { LearningRate = 1.5 });
        yield return Case("MT1404", "Got 0.", o => o with { LearningRate = 0 });
        yield return Case("MT1404", "Got NaN.", o => o with { LearningRate = double.NaN });
        yield return Case("MT1405", "Got 0.", o => o with { MinRowsPerLeaf = 0 });
        yield return Case("MT1406", "must be a finite number of at least 0. Got -1.", o => o with { MinHessianPerLeaf = -1 });
        yield return Case("MT1407", "Got 256.", o => o with { MaxBins = 256 });
        yield return Case("MT1407", "Got 1.", o => o with { MaxBins = 1 });
        yield return Case("MT1408", "Got -0.1.", o => o with { L2 = -0.1 });
        yield return Case("MT1409", "Got NaN.", o => o with { L1 = double.NaN });
        yield return Case("MT1410", "Got ", o => o with { MinGain = double.PositiveInfinity });
        yield return Case("MT1411", "Got 0.", o => o with { RowFraction = 0 });
        yield return Case("MT1412", "Got 2.", o => o with { ColumnFraction = 2 });
        yield return Case("MT1413", "Got -1.", o => o with { CategorySmoothing = -1 });
        yield return Case("MT1414", "Got -1.", o => o with { CategoryL2 = -1 });
        yield return Case("MT1415", "Got 0.", o => o with { MinRowsPerCategory = 0 });
        yield return Case("MT1416", "Got 0.", o => o with { Patience = 0 });
        yield return Case("MT1417", "Got -1.", o => o with { MinDelta = -1 });
    }

    [TestCaseSource(nameof(Wrong))]
    public void Validate_names_the_option_and_the_value(string id, string found, object configure)
    {
        var trainer = Trees.GradientBoosting((Func<GradientBoostingOptions, GradientBoostingOptions>)configure);
        var problem = trainer.Validate().Single();
        Assert.That(problem.Id, Is.EqualTo(id));
        Assert.That(problem.Message, Does.Contain(found));
    }

    [Test]
    public void Validate_finds_all_problems_and_training_throws_them()
    {
        var trainer = Trees.GradientBoosting(o => o with { Leaves = 0, L2 = -1, Patience = -5 });
        Assert.That(trainer.Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1402", "MT1408", "MT1416" }));
        var failure = Assert.ThrowsAsync<ModelTrainingException>(async () => await trainer.TrainAsync(Sample.Mixed(100, LearningTask.Regression).Data(), new TrainingContext(), default));
        Assert.That(failure!.Problems, Has.Count.EqualTo(3));
    }

    [Test]
    public void Defaults_are_valid()
    {
        var trainer = Trees.GradientBoosting();
        Assert.That(trainer.Validate(), Is.Empty);
        Assert.That(trainer.Name, Is.EqualTo("Trees.GradientBoosting"));
        Assert.That(trainer.Needs, Is.EqualTo(new TrainerNeeds { HandlesMissing = true, MaxCategories = 254, WantsScaling = false, OutOfCore = true }));
    }

    [Test]
    public void Configuring_to_null_is_an_error() => Assert.That(() => Trees.GradientBoosting(_ => null!), Throws.ArgumentException);

    [Test]
    public void Trees_by_default_are_100_without_validation_rows()
    {
        var sample = Sample.Mixed(300, LearningTask.Regression);
        Assert.That(sample.Train().History!.Training, Has.Count.EqualTo(100));
    }
}
