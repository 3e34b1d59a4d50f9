namespace ModelTraining.Tests;

public class QuadratureRuleTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    [TestCase(16)]
    [TestCase(40)]
    public void Of_integrates_powers_below_twice_its_points(int count)
    {
        var rule = QuadratureRule.Of(count);
        Assert.That(rule.Select(point => point.Weight), Is.All.Positive);
        for (var power = 0; power < 2 * count; power++)
        {
            Assert.That(rule.Sum(point => point.Weight * Math.Pow(point.Point, power)), Is.EqualTo(1.0 / (power + 1)).Within(1e-14 * count));
        }
    }
}
