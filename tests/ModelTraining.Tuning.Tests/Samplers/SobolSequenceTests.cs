namespace ModelTraining.Tests.Samplers;

internal sealed class SobolSequenceTests
{
    // scipy.stats.qmc.Sobol(64, scramble=False), whose points come in the order of Gray's code
    [TestCase(0, new[] { 0.5, 0.25, 0.75, 0.625, 0.65625 })]
    [TestCase(1, new[] { 0.5, 0.75, 0.25, 0.125, 0.65625 })]
    [TestCase(2, new[] { 0.5, 0.75, 0.25, 0.875, 0.03125 })]
    [TestCase(20, new[] { 0.5, 0.75, 0.25, 0.375, 0.03125 })]
    [TestCase(63, new[] { 0.5, 0.25, 0.75, 0.875, 0.15625 })]
    public void Unscrambled_equalsSciPys(int dimension, double[] expected)
    {
        int[] points = [1, 2, 3, 5, 21];
        Assert.That(points.Select(point => SobolSequence.Unscrambled(point, dimension) / 4294967296.0), Is.EqualTo(expected));
    }

    [Test]
    public void At_putsARunOfAPowerOfTwo_intoEachPartOfEveryDimension([Values(0, 1, 7, 40, 63)] int dimension)
    {
        var parts = Enumerable.Range(64, 64).Select(point => (int)(SobolSequence.At(3, point, dimension) * 64));

        Assert.That(parts, Is.Unique);
    }

    [TestCase(2, 32)]
    [TestCase(8, 8)]
    [TestCase(64, 1)]
    public void At_putsOnePointIntoEachBoxOfTheFirstTwoDimensions(int columns, int rows)
    {
        var boxes = Enumerable.Range(0, 64).Select(point => ((int)(SobolSequence.At(5, point, 0) * columns), (int)(SobolSequence.At(5, point, 1) * rows)));

        Assert.That(boxes, Is.Unique);
    }

    [Test]
    public void At_ofAnotherSeed_isAnotherSequence_whosePointsAreEvenlyDistributedOverSeeds()
    {
        var first = Enumerable.Range(0, 400).Select(seed => SobolSequence.At((ulong)seed, 0, 5)).ToList();

        Assert.That(first, Is.Unique);
        Assert.That(first.Average(), Is.EqualTo(0.5).Within(0.05));
        Assert.That(first.Average(share => Math.Pow(share - 0.5, 2)), Is.EqualTo(1 / 12.0).Within(0.01));
    }

    [Test]
    public void Propose_withSobolsSequence_isNearerToEvenThanWithHaltons_inTwentyDimensions() =>
        Assert.That(Discrepancy(QuasiRandomSequence.Sobol), Is.LessThan(0.95 * Discrepancy(QuasiRandomSequence.Halton)));

    [Test]
    public void At_beyondTheTable_isByChance()
    {
        var shares = Enumerable.Range(0, 400).Select(point => SobolSequence.At(3, point, 64)).ToList();

        Assert.That(shares, Is.Unique.And.All.InRange(0, 1));
        Assert.That(shares.Average(), Is.EqualTo(0.5).Within(0.05));
    }

    /// <summary>The centred L2 discrepancy of 64 proposals (Hickernell, "A generalized discrepancy and quadrature error bound", 1998), a mean of five seeds.</summary>
    private static double Discrepancy(QuasiRandomSequence sequence)
    {
        const int Dimensions = 20, Points = 64;
        var space = new SearchSpace();
        var x = Enumerable.Range(0, Dimensions).Select(i => space.Float($"x{i}", 0, 1)).ToArray();
        var sum = 0.0;
        for (var seed = 0UL; seed < 5; seed++)
        {
            using var study = new Study(space, o => o with { Sampler = new QuasiRandomSampler { Sequence = sequence }, Seed = seed });
            var points = Enumerable.Range(0, Points).Select(_ => study.Ask()).Select(trial => x.Select(trial.Get).ToArray()).ToList();
            sum += Math.Pow(13 / 12.0, Dimensions) - (2.0 / Points * points.Sum(point => point.Aggregate(1.0, (product, share) => product * (1 + (0.5 * Far(share)) - (0.5 * Far(share) * Far(share))))));
            sum += points.Sum(a => points.Sum(b => a.Zip(b).Aggregate(1.0, (product, pair) => product * (1 + (0.5 * Far(pair.First)) + (0.5 * Far(pair.Second)) - (0.5 * Math.Abs(pair.First - pair.Second)))))) / (Points * Points);
        }

        return sum;

        static double Far(double share) => Math.Abs(share - 0.5);
    }
}
