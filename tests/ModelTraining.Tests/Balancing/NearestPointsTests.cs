namespace ModelTraining.Tests.Balancing;

internal sealed class NearestPointsTests
{
    /// <summary>More points than a block, and a number that no vector divides; every third query is not among them.</summary>
    [Test]
    public void Find_isWhatSortingAllDistancesFinds([Values(1, 4, 17)] int count, [Values(7, 1100)] int points)
    {
        if (count >= points) count = points - 1;
        var random = new SeededRandom(3);
        float[] Column(Func<double> draw) => [.. Enumerable.Range(0, points).Select(_ => (float)draw())];
        // Few different values, so that many are as near.
        float[][] quantities = [Column(() => random.Next(4)), Column(random.NextNormal), Column(() => random.Next(6) / 2.0)];
        if (points == 1100) quantities = [quantities[0], quantities[2]];
        float[][] categories = [Column(() => random.Next(3)), Column(() => random.Next(2))];
        var set = new PointSet(quantities, categories, points);

        var found = NearestPoints.Find(set, set, point => point % 3 == 0 ? -1 : point, count, 1.5, Context(2));

        for (var point = 0; point < points; point += 13)
        {
            var expected = Enumerable.Range(0, points).Where(other => point % 3 == 0 || other != point)
                .OrderBy(other => quantities.Sum(column => Math.Pow(column[other] - column[point], 2)) + categories.Sum(column => column[other] == column[point] ? 0 : 2.25)).ThenBy(other => other).Take(count);
            Assert.That(found[(point * count)..((point + 1) * count)], Is.EqualTo(expected), $"point {point}");
        }
    }

    [Test]
    public void Find_anyNumberOfThreads_isTheSame()
    {
        var data = Skewed.Random(2500, 5, 2, 0.2);
        var set = new PointSet(data.Columns, [], data.RowCount);
        Assert.That(NearestPoints.Find(set, set, point => point, 3, 1, Context(3)), Is.EqualTo(NearestPoints.Find(set, set, point => point, 3, 1, Context(1))));
    }

    [Test]
    public void Find_tellsHowFarItIs_andStopsWhenAsked()
    {
        using var cancel = new CancellationTokenSource();
        var told = new List<(long Done, long All)>();
        var data = Skewed.Random(3000, 2, 2, 0.2);
        var set = new PointSet(data.Columns, [], data.RowCount);
        var context = new BalanceContext
        {
            Random = new SeededRandom(1),
            Features = data.Features,
            CancellationToken = cancel.Token,
            Progress = (done, all) =>
            {
                told.Add((done, all));
                if (told.Count == 2) cancel.Cancel();
            },
        };

        Assert.Throws<OperationCanceledException>(() => NearestPoints.Find(set, set, point => point, 3, 1, context));
        Assert.That(told, Is.EqualTo(new[] { (1024L, 3000L), (2048L, 3000L) }));
    }

    [Test]
    public void CategoryDistance_isTheMedianOfDeviations()
    {
        // Deviations 1, 3 and 10.
        var set = new PointSet([[-1, 1, -1, 1], [-3, 3, 3, -3], [10, -10, 10, -10]], [], 4);
        Assert.That(set.CategoryDistance(), Is.EqualTo(3).Within(1e-12));
        Assert.That(new PointSet([[-1, 1], [-3, 3]], [], 2).CategoryDistance(), Is.EqualTo(2).Within(1e-12), "of an even number the middle of the two");
        Assert.That(new PointSet([[2, 2]], [], 2).CategoryDistance(), Is.EqualTo(1), "nothing varies: categories are counted");
        Assert.That(new PointSet([], [[0, 1]], 2).CategoryDistance(), Is.EqualTo(1));
    }

    private static BalanceContext Context(int threads) => new() { Random = new SeededRandom(1), Features = Skewed.Random(9, 1, 1, 0.5).Features, Threads = threads };
}
