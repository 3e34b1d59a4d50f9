namespace ModelTraining.Tests;

internal sealed class LinearCheckTests
{
    private static IEnumerable<TestCaseData> WrongOptions()
    {
        TestCaseData Case(ITrainer trainer, string id, string found) => new TestCaseData(trainer, id, found).SetArgDisplayNames(id, found);
        yield return Case(Linear.Ridge(o => o with { Alpha = -1 }), "MT1450", "The 'Alpha' option of Linear.Ridge must be a finite number of at least 0. Got -1.");
        yield return Case(Linear.Lasso(o => o with { Alpha = double.NaN }), "MT1450", "of Linear.Lasso");
        yield return Case(Linear.ElasticNet(o => o with { L1Ratio = 1.5 }), "MT1451", "must be from 0 to 1. Got 1.5.");
        yield return Case(Linear.Logistic(o => o with { L1Ratio = double.NaN }), "MT1451", "of Linear.Logistic");
        yield return Case(Linear.Logistic(o => o with { MaxIterations = 0 }), "MT1452", "must be at least 1. Got 0.");
        yield return Case(Linear.Lasso(o => o with { Tolerance = 0 }), "MT1453", "must be a finite number above 0. Got 0.");
    }

    private static IEnumerable<TestCaseData> WrongData()
    {
        TestCaseData Case(string id, string found, ITrainer trainer, float[] x, float[] y, int classes, float[]? w = null) => new TestCaseData(id, found, trainer, new Fit([x], y, classes, w)).SetArgDisplayNames(id, found);
        yield return Case("MT2450", "of row 1 is Infinity; it must be a finite number", Linear.Ridge(), [1, 2], [1, float.PositiveInfinity], 0);
        yield return Case("MT2450", "a class position from 0 to 1", Linear.Logistic(), [1, 2], [1, 2], 2);
        yield return Case("MT2451", "The weight of row 0 is -1", Linear.Ridge(), [1, 2], [1, 2], 0, [-1, 1]);
        yield return Case("MT2452", "All 2 training rows have weight 0", Linear.Ridge(), [1, 2], [1, 2], 0, [0, 0]);
        yield return Case("MT2452", "There is no training row", Linear.Ridge(), [], [], 0);
        yield return Case("MT2453", "All 2 training rows are of class 'c1'", Linear.Logistic(), [1, 2], [1, 1], 2);
        yield return Case("MT2454", "Feature 'x0' of row 1 is NaN", Linear.Ridge(), [1, float.NaN], [1, 2], 0);
        yield return Case("MT2456", "Use Linear.Logistic", Linear.Ridge(), [1, 2], [0, 1], 2);
        yield return Case("MT2456", "Use Linear.Ridge", Linear.Logistic(), [1, 2], [0, 1], 0);
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void Validate_wrong_option_is_named_with_its_value(ITrainer trainer, string id, string found)
    {
        var problem = trainer.Validate().Single();
        Assert.That(problem.Id, Is.EqualTo(id));
        Assert.That(problem.Message, Does.Contain(found));
    }

    [TestCaseSource(nameof(WrongData))]
    public void Train_wrong_data_says_what_and_where(string id, string found, object trainer, object fit)
    {
        var error = Assert.Throws<ModelTrainingException>(() => ((Fit)fit).Train<LinearModel>((ITrainer)trainer));
        Assert.That(error!.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(found));
    }

    [Test]
    public void Train_category_is_refused()
    {
        var data = new TrainingData(new FeatureSet([new FeatureInfo("colour", FeatureKind.Category, 2)], [new float[] { 0, 1 }]), new Target("y", LearningTask.Regression, new float[] { 1, 2 }, []), new[] { 0, 1 }, default);
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await Linear.Ridge().TrainAsync(data, new TrainingContext(), default));
        Assert.That(error!.Message, Does.Contain("MT2455").And.Contain("'colour'"));
    }

    [Test]
    public void Configure_to_null_is_an_error() => Assert.That(() => Linear.Lasso(_ => null!), Throws.ArgumentException);

    [Test]
    public void Needs_scaled_quantities() => Assert.That(Linear.Logistic().Needs, Is.EqualTo(new TrainerNeeds { WantsScaling = true }));
}
