namespace ModelTraining.Tests.Reporting;

internal sealed class ThinningTests
{
    [Test]
    public void Curve_fewSteps_areAllThere() =>
        Assert.That(Thinning.Curve([3, 2, 1]), Is.EqualTo(new ChartPoint[] { new(1, 3), new(2, 2), new(3, 1) }));

    [Test]
    public void Curve_manySteps_keepsEndsAndPeaks()
    {
        var scores = Enumerable.Range(0, 50_000).Select(i => i == 31_337 ? 9 : 1.0 / (i + 1)).ToList();

        var points = Thinning.Curve(scores);

        Assert.Multiple(() =>
        {
            Assert.That(points, Has.Count.LessThan(500));
            Assert.That(points[0], Is.EqualTo(new ChartPoint(1, 1)));
            Assert.That(points[^1], Is.EqualTo(new ChartPoint(50_000, 1.0 / 50_000)));
            Assert.That(points, Does.Contain(new ChartPoint(31_338, 9)));
            Assert.That(points.Select(point => point.X), Is.Ordered);
        });
    }
}
