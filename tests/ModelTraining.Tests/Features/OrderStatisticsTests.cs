namespace ModelTraining.Tests.Features;

public class OrderStatisticsTests
{
    [TestCase(10)]
    [TestCase(5000)]
    public void Quantile_agrees_with_sorting(int count)
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, count).Select(i => i % 7 == 0 ? float.NaN : (float)(random.NextNormal() * Math.Pow(10, random.Next(60) - 30))).ToArray();
        float[] corners = [0, -0f, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon];
        corners.CopyTo(values, 1);
        var sorted = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        var statistics = new OrderStatistics(values);
        Assert.That(statistics.Count, Is.EqualTo(sorted.Length));
        for (var i = 0; i < sorted.Length; i++) Assert.That(statistics.Quantile(i / (sorted.Length - 1.0)), Is.EqualTo(sorted[i]).Within(1e-6).Percent);
    }

    // Expected by numpy.quantile.
    [TestCase(0, 1)]
    [TestCase(0.25, 2.25)]
    [TestCase(0.5, 5)]
    [TestCase(0.9, 9)]
    [TestCase(1, 10)]
    public void Quantile_interpolates_between_neighbours(double q, double expected) =>
        Assert.That(new OrderStatistics([10, 1, 2, 7, 3, 8]).Quantile(q), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void Quantile_of_nothing_is_NaN() => Assert.That(new OrderStatistics([float.NaN]).Quantile(0.5), Is.NaN);

    [Test]
    public void Mode_is_the_most_frequent_and_the_smallest_of_equals()
    {
        Assert.That(new OrderStatistics([3, 1, 3, 1, 2]).Mode(), Is.EqualTo(1));
        Assert.That(new OrderStatistics([1, 3, 1, 3, 2]).Mode(), Is.EqualTo(1));
        Assert.That(new OrderStatistics([]).Mode(), Is.NaN);
    }
}
