namespace ModelTraining.Tests.Balancing;

/// <summary>Tomek links and edited nearest neighbours against their definitions, on many small tables.</summary>
internal sealed class CleaningTests
{
    private static IEnumerable<Skewed> Tables => Enumerable.Range(1, 25).Select(seed => Skewed.Random(60 + (7 * seed), 1 + (seed % 3), (ulong)seed, seed % 2 == 0 ? [0.3] : [0.3, 0.2]));

    [Test]
    public void TomekLinks_dropsPairsThatHaveNoNearerRow([Values] bool all)
    {
        var dropped = 0;
        foreach (var given in Tables)
        {
            var (rows, target) = (given.Data.TrainingRows.ToArray(), given.Data.Target);
            var minority = Minority(given.Data);
            float ClassOf(int row) => target.Values[row];
            // No row is nearer to either of them than they are to one another.
            bool IsLink(int a, int b) => ClassOf(a) != ClassOf(b) && !rows.Any(c => c != a && c != b && (given.SquaredDistance(a, c) < given.SquaredDistance(a, b) || given.SquaredDistance(b, c) < given.SquaredDistance(a, b)));
            var expected = rows.Where(row => !((all || ClassOf(row) != minority) && rows.Any(other => other != row && IsLink(row, other)))).ToList();

            var data = given.Apply(Resample.TomekLinks(o => o with { Strategy = all ? SamplingStrategy.All : SamplingStrategy.Auto }));

            Assert.That(data.TrainingRows.ToArray(), Is.EqualTo(expected));
            dropped += rows.Length - expected.Count;
        }

        Assert.That(dropped, Is.GreaterThan(25));
    }

    [Test]
    public void EditedNearestNeighbors_dropsRowsThatNeighboursDoNotAgreeWith([Values] bool all, [Values] bool byMajority)
    {
        foreach (var given in Tables)
        {
            var (rows, target) = (given.Data.TrainingRows.ToArray(), given.Data.Target);
            var minority = Minority(given.Data);
            float ClassOf(int row) => target.Values[row];
            bool Goes(int row)
            {
                var votes = given.Nearest(row, rows, 3).CountBy(ClassOf).ToDictionary();
                var own = votes.GetValueOrDefault(ClassOf(row));
                return (all || ClassOf(row) != minority) && (byMajority ? votes.Values.Max() > own : own < 3);
            }

            var expected = rows.Where(row => !Goes(row)).ToList();
            TrainingData data;
            try
            {
                data = given.Apply(Resample.EditedNearestNeighbors(o => o with { Strategy = all ? SamplingStrategy.All : SamplingStrategy.Auto, ByMajority = byMajority }));
            }
            catch (ModelTrainingException error) when (error.Id == "MT2676")
            {
                Assert.That(expected.Select(ClassOf).Distinct().Count(), Is.LessThan(target.Classes.Count));
                continue;
            }

            Assert.That(data.TrainingRows.ToArray(), Is.EqualTo(expected));
            Assert.That(data.Features, Is.SameAs(given.Data.Features), "no row was made, and nothing is copied");
        }
    }

    [Test]
    public void Cleaning_aClassThatWouldBeGone_isAnError()
    {
        float[] column = [0, 1, 2, 3, 4, 5, 6, 7, 8];
        var given = new Skewed([column], [0, 0, 1, 0, 0, 0, 1, 0, 0], [.. Enumerable.Range(0, 9)]);
        var error = Assert.Throws<ModelTrainingException>(() => given.Apply(Resample.EditedNearestNeighbors(o => o with { Strategy = SamplingStrategy.Minority })))!;
        Assert.That(error.Id, Is.EqualTo("MT2676"));
        Assert.That(error.Message, Does.Contain("would drop all 2 training rows of class 'c1' of 'y'").And.Contain("Leave the class out of its 'Strategy'"));
    }

    /// <summary>By the quantity alone the first two rows are a link; the second has another category, and the third is nearer by both.</summary>
    [Test]
    public void TomekLinks_categories_countInDistances()
    {
        float[] quantity = [0, 0.1f, 1, 1.1f, 8, 9];
        int[] rows = [0, 1, 2, 3, 4, 5];
        var alone = new Skewed([quantity], [1, 0, 0, 0, 0, 0], rows);
        var mixed = new Skewed([quantity, [0, 1, 0, 1, 0, 1]], [1, 0, 0, 0, 0, 0], rows, [new("a"), new("b", FeatureKind.Category, 2)]);
        Assert.That(alone.Apply(Resample.TomekLinks()).TrainingRows.ToArray(), Is.EqualTo(new[] { 0, 2, 3, 4, 5 }));
        Assert.That(mixed.Apply(Resample.TomekLinks()).TrainingRows.ToArray(), Is.EqualTo(new[] { 0, 1, 3, 4, 5 }));
    }

    private static int Minority(TrainingData data)
    {
        var counts = Skewed.Counts(data);
        return Array.IndexOf(counts, counts.Min());
    }
}
