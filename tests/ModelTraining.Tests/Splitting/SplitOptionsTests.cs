namespace ModelTraining.Tests;

public class SplitOptionsTests
{
    [Test]
    public void Validate_defaults_have_no_problem() => Assert.That(new SplitOptions().Validate(), Is.Empty);

    [TestCase(0.001, 0, null, true)]
    [TestCase(0.9, 0.09, true, true)]
    [TestCase(0.5, 0.1, false, false)]
    public void Validate_within_the_bounds_has_no_problem(double test, double validation, bool? stratify, bool shuffle) =>
        Assert.That(new SplitOptions { Test = test, Validation = validation, Stratify = stratify, Shuffle = shuffle }.Validate(), Is.Empty);

    [TestCase(1.2, 0.1, "MT1310", "The 'Test' option of Split must be in (0, 1). Got 1.2.")]
    [TestCase(0, 0.1, "MT1310", "The 'Test' option of Split must be in (0, 1). Got 0.")]
    [TestCase(double.NaN, 0.1, "MT1310", "The 'Test' option of Split must be in (0, 1). Got NaN.")]
    [TestCase(0.2, -0.1, "MT1311", "The 'Validation' option of Split must be in [0, 1). Got -0.1.")]
    [TestCase(0.2, 1, "MT1311", "The 'Validation' option of Split must be in [0, 1). Got 1.")]
    [TestCase(0.75, 0.25, "MT1312", "The 'Test' and 'Validation' options of Split must leave rows to train on. Got 0.75 + 0.25 = 1. Make their sum less than 1.")]
    public void Validate_outside_the_bounds_names_option_and_value(double test, double validation, string id, string message) =>
        Assert.That(new SplitOptions { Test = test, Validation = validation }.Validate(), Is.EqualTo(new[] { new Problem(id, message) }));

    [Test]
    public void Validate_reports_all_problems_together() =>
        Assert.That(new SplitOptions { Test = 2, Validation = 2, Stratify = true, Shuffle = false }.Validate().Select(problem => problem.Id), Is.EqualTo(new[] { "MT1310", "MT1311", "MT1313" }));
}
