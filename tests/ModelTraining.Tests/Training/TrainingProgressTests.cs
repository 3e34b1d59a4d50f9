namespace ModelTraining.Tests;

internal sealed class TrainingProgressTests
{
    private static readonly TrainingProgress Half = new() { Stage = "Train", Completed = 5, Total = 10, Elapsed = TimeSpan.FromSeconds(20) };

    [Test]
    public void Remaining_withoutABudget_isThePaceSoFar() => Assert.That(Half.Remaining, Is.EqualTo(TimeSpan.FromSeconds(20)));

    [TestCase(30, 10)]
    [TestCase(90, 20)]
    [TestCase(15, 0)]
    public void Remaining_withABudget_isTheLess(int budget, int left) =>
        Assert.That((Half with { TimeBudget = TimeSpan.FromSeconds(budget) }).Remaining, Is.EqualTo(TimeSpan.FromSeconds(left)));

    [Test]
    public void Remaining_ofUnknownLength_isWhatIsLeftOfTheBudget()
    {
        Assert.That((Half with { Total = null }).Remaining, Is.Null);
        Assert.That((Half with { Total = null, TimeBudget = TimeSpan.FromSeconds(90) }).Remaining, Is.EqualTo(TimeSpan.FromSeconds(70)));
    }
}
