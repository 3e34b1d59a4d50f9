namespace ModelTraining.Tests.Reporting;

internal sealed class AxisTests
{
    [TestCase(0.0, 1.0, "0 0.2 0.4 0.6 0.8 1.0")]
    [TestCase(0.19, 0.63, "0.1 0.2 0.3 0.4 0.5 0.6 0.7")]
    [TestCase(14_999.0, 500_001.0, "0 100k 200k 300k 400k 500k 600k")]
    [TestCase(-300_000.0, 390_000.0, "-300k -200k -100k 0 100k 200k 300k 400k")]
    [TestCase(-2.5e6, 2.5e6, "-3M -2M -1M 0 1M 2M 3M")]
    [TestCase(0.0, 3e12, "0 5E+11 1E+12 1.5E+12 2E+12 2.5E+12 3E+12")]
    [TestCase(0.0, 2e-7, "0 5E-8 1E-7 1.5E-7 2E-7")]
    [TestCase(7.0, 7.0, "6.6 6.7 6.8 6.9 7.0 7.1 7.2 7.3 7.4")]
    [TestCase(0.0, 0.0, "-0.6 -0.4 -0.2 0 0.2 0.4 0.6")]
    public void Over_values_hasRoundTicks(double least, double greatest, string ticks)
    {
        var axis = Axis.Over("x", [least, greatest]);
        Assert.That(string.Join(' ', axis.Ticks.Select(tick => tick.Text)), Is.EqualTo(ticks));
        Assert.That(axis.Position(least), Is.InRange(0, 1).And.LessThanOrEqualTo(axis.Position(greatest)));
    }

    [TestCase(2e-7, 3.0, 10, "1E-7 1E-6 1E-5 0.0001 0.001 0.01 0.1 1 10")]
    [TestCase(8.0, 96.0, 2, "8 16 32 64 128")]
    [TestCase(1e-20, 1.0, 10, "1E-20 1E-18 1E-16 1E-14 1E-12 1E-10 1E-8 1E-6 0.0001 0.01 1")]
    [TestCase(4.0, 4.0, 2, "4 8")]
    public void Powers_ofValues_areTheTicksOfTheirLogarithms(double least, double greatest, int radix, string ticks)
    {
        var axis = Axis.Powers("x", [greatest, least], radix);
        Assert.That(string.Join(' ', axis.Ticks.Select(tick => tick.Text)), Is.EqualTo(ticks));
        Assert.That(axis.Position(Math.Sqrt(axis.Ticks[0].Value * axis.Ticks[^1].Value)), Is.EqualTo(0.5).Within(1e-9));
        Assert.That((axis.Position(axis.Ticks[0].Value), axis.Position(axis.Ticks[^1].Value)), Is.EqualTo((0.0, 1.0)));
    }

    [TestCase(double.NaN, double.PositiveInfinity)]
    [TestCase(-1.7e308, 1.7e308)]
    [TestCase(double.Epsilon, 2 * double.Epsilon)]
    [TestCase(1e300, 1e300)]
    [TestCase(1e15, 1e15 + 0.125)]
    public void Over_awkwardValues_isFinite(double one, double other)
    {
        var axis = Axis.Over("x", [one, other]);
        Assert.Multiple(() =>
        {
            Assert.That(axis.Max, Is.GreaterThan(axis.Min));
            Assert.That(double.IsFinite(axis.Max - axis.Min), Is.True);
            Assert.That(axis.Ticks, Has.Count.InRange(1, 15));
            Assert.That(axis.Ticks.Select(tick => tick.Value), Has.All.InRange(axis.Min - 1e-9 * Math.Abs(axis.Min), axis.Max + 1e-9 * Math.Abs(axis.Max)));
            Assert.That(axis.Position(one), Is.NaN.Or.InRange(0, 1));
        });
    }

    [TestCase(1, "1 2")]
    [TestCase(3, "1 2 3")]
    [TestCase(112, "20 40 60 80 100")]
    [TestCase(100_000, "20k 40k 60k 80k 100k")]
    public void Steps_count_ticksAreWholeSteps(int count, string ticks) =>
        Assert.That(string.Join(' ', Axis.Steps("trees", count).Ticks.Select(tick => tick.Text)), Is.EqualTo(ticks));
}
