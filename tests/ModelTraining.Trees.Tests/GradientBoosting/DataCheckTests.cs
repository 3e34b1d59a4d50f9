namespace ModelTraining.Tests.GradientBoosting;

public class DataCheckTests
{
    private static readonly float[][] Column = [[1, 2, 3, 4]];

    [Test]
    public void One_class_is_an_error() => AssertProblem(
        () => Sample.Binary(Column, [1, 1, 1, 1]).Train(), "MT2401", "All 4 training rows are of class 'c1' of 'y'");

    [Test]
    public void One_class_among_rows_with_weight_is_an_error() => AssertProblem(
        () => Sample.Binary(Column, [0, 1, 1, 1]).Train(weights: [0, 1, 1, 1]), "MT2401", "All 3 training rows are of class 'c1'");

    [TestCase(float.NaN, "NaN")]
    [TestCase(float.PositiveInfinity, "Infinity")]
    public void Target_that_is_no_number_is_an_error(float value, string said)
    {
        AssertProblem(() => Sample.Regression(Column, [1, value, 3, value]).Train(), "MT2402", $"The target 'y' of row 1 is {said} (2 such rows); it must be a finite number");
        AssertProblem(() => Sample.Regression(Column, [1, 2, 3, value]).Train(training: [0, 1], validation: [2, 3]), "MT2402", $"row 3 is {said}; it must");
    }

    [TestCase(2f)]
    [TestCase(0.5f)]
    [TestCase(-1f)]
    public void Target_that_is_no_class_is_an_error(float value) => AssertProblem(
        () => Sample.Binary(Column, [0, 1, value, 0]).Train(), "MT2402", "a class position from 0 to 1");

    [TestCase(-1f, "-1")]
    [TestCase(float.NaN, "NaN")]
    [TestCase(float.PositiveInfinity, "Infinity")]
    public void Weight_that_is_negative_or_no_number_is_an_error(float weight, string said) => AssertProblem(
        () => Sample.Binary(Column, [0, 1, 0, 1]).Train(weights: [1, weight, 1, 1]), "MT2403", $"The weight of row 1 is {said}; weights must be finite and not negative");

    [Test]
    public void No_row_to_learn_from_is_an_error()
    {
        AssertProblem(() => Sample.Binary(Column, [0, 1, 0, 1]).Train(training: []), "MT2404", "There is no training row");
        AssertProblem(() => Sample.Binary(Column, [0, 1, 0, 1]).Train(weights: [0, 0, 0, 0]), "MT2404", "All 4 training rows have weight 0");
    }

    [TestCase(0)]
    [TestCase(255)]
    public void Category_that_bytes_can_not_hold_is_an_error(int cardinality) => AssertProblem(
        () => Sample.Of([new FeatureInfo("city", FeatureKind.Category, cardinality)], Column, LearningTask.Regression, [1, 2, 3, 4]).Train(), "MT2405", $"'city' has {cardinality} categories");

    [Test]
    public void All_problems_are_said_at_once()
    {
        var sample = Sample.Of([new FeatureInfo("city", FeatureKind.Category, 1000)], Column, LearningTask.Regression, [1, float.NaN, 3, 4]);
        var failure = Assert.Throws<ModelTrainingException>(() => sample.Train(weights: [1, 1, -1, 1]));
        Assert.That(failure!.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { "MT2405", "MT2402", "MT2403" }));
    }

    private static void AssertProblem(Action train, string id, string said)
    {
        var failure = Assert.Throws<ModelTrainingException>(train);
        Assert.That(failure!.Id, Is.EqualTo(id));
        Assert.That(failure.Message, Does.Contain(said));
    }
}
