namespace ModelTraining.Tests.Balancing;

/// <summary>SMOTE by its paper's definition.</summary>
internal sealed class SmoteTests
{
    private const int Neighbors = 4;
    private static readonly BalanceMethod Method = Resample.Smote(o => o with { Neighbors = Neighbors });

    [Test]
    public void Smote_everyRowMade_isBetweenARowAndOneOfItsNearest_andEachRowIsBegunFromEvenly()
    {
        var given = Skewed.Random(900, 3, 4, 0.1);
        var members = given.TrainingRowsOf(1);
        var data = given.Apply(Resample.Smote(o => o with { Neighbors = Neighbors, Strategy = SamplingStrategy.Counts(new Dictionary<string, int> { ["c1"] = 4 * members.Length }) }));
        var made = Skewed.Made(data, given.Data);
        var gaps = new List<double>();
        var chosen = new int[Neighbors];
        Assert.That(made, Has.Length.EqualTo(3 * members.Length));
        foreach (var (i, row) in made.Index())
        {
            var from = members[i / 3]; // made in the order of the rows, three of each
            var nearest = given.Nearest(from, members, Neighbors);
            var rank = Array.FindIndex(nearest, to => given.Gap(data, row, from, to) is not null);
            Assert.That(rank, Is.Not.Negative, $"row {i} lies on no segment from row {from} to one of its nearest");
            gaps.Add(given.Gap(data, row, from, nearest[rank])!.Value);
            chosen[rank]++;
            Assert.That(data.Target.Values[row], Is.EqualTo(1));
        }

        Assert.That(Skewed.Kolmogorov(gaps), Is.LessThan(1.63), "places are uniform along the segments");
        var expected = made.Length / (double)Neighbors;
        Assert.That(chosen.Sum(count => (count - expected) * (count - expected) / expected), Is.LessThan(11.3), "neighbours are drawn alike: chi-square of 3 degrees, 1 %");
    }

    [Test]
    public void Smote_places_areUniformAlongTheSegments()
    {
        // One neighbour each: a segment is known by its row.
        var given = Skewed.Random(1500, 2, 9, 0.1);
        var members = given.TrainingRowsOf(1);
        var data = given.Apply(Resample.Smote(o => o with { Neighbors = 1, Strategy = SamplingStrategy.Counts(new Dictionary<string, int> { ["c1"] = 9 * members.Length }) }));
        var gaps = Skewed.Made(data, given.Data).Select((row, i) => given.Gap(data, row, members[i / 8], given.Nearest(members[i / 8], members, 1)[0])!.Value).ToList();
        Assert.That(Skewed.Kolmogorov(gaps), Is.LessThan(1.63));
        Assert.That(Skewed.Kolmogorov(gaps.Select(gap => gap * gap)), Is.GreaterThan(1.63), "and the test can tell");
    }

    [Test]
    public void Smote_byDefault_bringsAllClassesToTheLargest_andLeavesGivenRowsAlone()
    {
        var given = Skewed.Random(900, 3, 5, 0.1, 0.2);
        var data = given.Apply(Method);
        Assert.That(Skewed.Counts(data), Is.All.EqualTo(Skewed.Counts(given.Data).Max()));
        Assert.That(data.TrainingRows.ToArray().Where(row => row < given.RowCount), Is.EqualTo(given.Data.TrainingRows.ToArray()));
        Assert.That(data.ValidationRows.ToArray(), Is.EqualTo(given.Data.ValidationRows.ToArray()));
        for (var i = 0; i < 3; i++) Assert.That(data.Features.Column(i)[..given.RowCount].SequenceEqual(given.Columns[i]), "given rows keep their places and values");
    }

    [Test]
    public void Smote_noRowMade_comesOfATestOrValidationRow()
    {
        var given = Skewed.Random(900, 3, 6, 0.1);
        var data = given.Apply(Method);
        var made = Skewed.Made(data, given.Data);
        Assert.That(made, Is.Not.Empty);
        for (var i = 0; i < 3; i++)
        {
            var members = given.TrainingRowsOf(1).Select(row => given.Columns[i][row]).ToList();
            Assert.That(made.Select(row => data.Features.Column(i)[row]), Is.All.InRange(members.Min(), members.Max()), "others are ten million off");
        }
    }

    [Test]
    public void Smote_sameSeed_isTheSameAtAnyNumberOfThreads_anotherSeedIsNot()
    {
        var given = Skewed.Random(3000, 3, 7, 0.3);
        float[] Column(ulong seed, int threads) => given.Apply(Method, seed, threads).Features.Column(0).ToArray();
        Assert.That(Column(1, 3), Is.EqualTo(Column(1, 1)));
        Assert.That(Column(2, 1), Is.Not.EqualTo(Column(1, 1)));
    }

    [Test]
    public void Smote_weights_areBetweenThoseOfBothRows_andRowsOfNoWeightAreNotThere()
    {
        var random = Skewed.Random(300, 2, 8, 0.2);
        var weights = Enumerable.Range(0, 300).Select(row => row % 5 == 0 ? 0f : 1 + (row % 7)).ToArray();
        var given = new Skewed(random.Columns, random.Data.Target.Values.ToArray(), random.Data.TrainingRows.ToArray(), weights: weights);
        var data = given.Apply(Method);
        Assert.That(data.TrainingRows.ToArray().Select(row => data.Weights[row]), Is.All.InRange(1, 7));
        Assert.That(data.Weights[..300].ToArray(), Is.EqualTo(weights));
        Assert.That(Skewed.Made(data, given.Data).Select(row => data.Weights[row]).Distinct().Count(), Is.GreaterThan(20), "they are not all whole");
    }

    [TestCase(7, 21)]
    [TestCase(7, 20)]
    [TestCase(3, 1)]
    public void Times_differByOneAtMost(int members, int draws)
    {
        var times = EvenDraw.Times(members, draws, new SeededRandom(1));
        Assert.That(times.Sum(), Is.EqualTo(draws));
        Assert.That(times.Max() - times.Min(), Is.EqualTo(draws % members == 0 ? 0 : 1));
    }
}
