namespace ModelTraining.Tests.Features;

public class SortedNumbersTests
{
    [TestCase(10)]
    [TestCase(5000)]
    public void Of_sorts_as_a_comparing_sort_and_leaves_NaN_out(int count)
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, count).Select(i => i % 7 == 0 ? float.NaN : (float)(random.NextNormal() * Math.Pow(10, random.Next(60) - 30))).ToArray();
        float[] corners = [0, -0f, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon];
        corners.CopyTo(values, 1);
        Assert.That(SortedNumbers.Of(values).Values.ToArray(), Is.EqualTo(values.Where(value => !float.IsNaN(value)).Order().ToArray()));
    }

    // Expected by numpy.quantile.
    [TestCase(0, 1)]
    [TestCase(0.25, 2.25)]
    [TestCase(0.5, 5)]
    [TestCase(0.9, 9)]
    [TestCase(1, 10)]
    public void Quantile_interpolates_between_neighbours(double q, double expected) =>
        Assert.That(SortedNumbers.Of([10, 1, 2, 7, 3, 8]).Quantile(q), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void Quantile_of_nothing_is_NaN() => Assert.That(SortedNumbers.Of([float.NaN]).Quantile(0.5), Is.NaN);

    [Test]
    public void Mode_is_the_most_frequent_and_the_smallest_of_equals()
    {
        Assert.That(SortedNumbers.Of([3, 1, 3, 1, 2]).Mode(), Is.EqualTo(1));
        Assert.That(SortedNumbers.Of([]).Mode(), Is.NaN);
    }
}
