namespace ModelTraining.Tests.Binning;

public class BinBoundsTests
{
    private static readonly float[][] Pairs =
    [
        [0, 1], [1, 2], [-1, 0], [1, float.BitIncrement(1)], [float.BitDecrement(1), 1], [-3, float.BitIncrement(-3)], [0, float.Epsilon], [-float.Epsilon, 0],
        [float.MaxValue / 2, float.MaxValue], [float.MinValue, float.MaxValue], [float.MaxValue, float.PositiveInfinity], [float.NegativeInfinity, float.MinValue],
        [float.NegativeInfinity, 0], [0, float.PositiveInfinity], [float.NegativeInfinity, float.PositiveInfinity], [16777216, 16777218],
    ];

    [TestCaseSource(nameof(Pairs))]
    public void Between_divides_any_two_numbers(float lower, float upper)
    {
        var bound = BinBounds.Between(lower, upper);
        Assert.That(lower <= bound, $"{lower} <= {bound}");
        Assert.That(upper > bound, $"{upper} > {bound}");
    }

    [Test]
    public void Of_few_values_gives_each_a_bin()
    {
        Assert.That(BinBounds.Of([1, 1, 2, 4, 4, 4, 8], 4), Is.EqualTo(new[] { 1.5f, 3, 6 }));
        Assert.That(BinBounds.Of([5, 5, 5], 255), Is.Empty);
        Assert.That(BinBounds.Of([], 255), Is.Empty);
    }

    [TestCase(2)]
    [TestCase(16)]
    [TestCase(255)]
    public void Of_many_values_gives_bins_of_like_size(int maxBins)
    {
        var random = new SeededRandom(3);
        var sorted = Enumerable.Range(0, 100_000).Select(_ => (float)Math.Exp(3 * random.NextNormal())).Order().ToArray();
        var bounds = BinBounds.Of(sorted, maxBins);
        Assert.That(bounds, Has.Length.EqualTo(maxBins - 1));
        Assert.That(bounds, Is.Ordered);
        var counts = new int[maxBins];
        foreach (var value in sorted) counts[bounds.Count(bound => bound < value)]++;
        Assert.That(counts.Max(), Is.LessThan(1.05 * sorted.Length / maxBins));
        Assert.That(counts.Min(), Is.GreaterThan(0.9 * sorted.Length / maxBins));
    }

    [Test]
    public void Of_a_frequent_value_leaves_bins_for_the_others()
    {
        // Nine of ten are zero, as in many tables: the rest must not share a few bins.
        var random = new SeededRandom(4);
        var sorted = Enumerable.Range(0, 50_000).Select(i => i % 10 == 0 ? (float)random.NextNormal() : 0).Order().ToArray();
        var bounds = BinBounds.Of(sorted, 64);
        Assert.That(bounds, Has.Length.InRange(55, 63));
        var counts = new int[bounds.Length + 1];
        foreach (var value in sorted) if (value != 0) counts[bounds.Count(bound => bound < value)]++;
        Assert.That(counts.Max(), Is.LessThan(2.1 * 5000 / 64));
    }

    [Test]
    public void Of_many_values_never_has_more_bins_than_allowed()
    {
        var random = new SeededRandom(5);
        for (var round = 0; round < 200; round++)
        {
            var maxBins = 2 + random.Next(254);
            var spread = 1 + random.Next(1000);
            var sorted = Enumerable.Range(0, 1 + random.Next(3000)).Select(_ => (float)Math.Round(random.NextNormal() * random.NextNormal() * spread)).Order().ToArray();
            var bounds = BinBounds.Of(sorted, maxBins);
            Assert.That(bounds.Length, Is.LessThan(maxBins), $"round {round}");
            Assert.That(bounds.Zip(bounds.Skip(1)).All(pair => pair.First < pair.Second), $"round {round}");
        }
    }
}
