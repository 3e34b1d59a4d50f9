namespace ModelTraining.Tests.Balancing;

/// <summary>Borderline-SMOTE and ADASYN by their papers' definitions.</summary>
internal sealed class BorderTests
{
    private const int Danger = 10, Neighbors = 5;

    [Test]
    public void BorderlineSmote_beginsFromRowsInDangerAlone([Values] BorderlineKind kind)
    {
        var given = Skewed.Random(900, 2, 4, 0.2);
        var (members, all) = (given.TrainingRowsOf(1), given.Data.TrainingRows.ToArray());
        var danger = members.Where(row => given.Nearest(row, all, Danger).Count(other => given.Data.Target.Values[other] != 1) is >= Danger / 2 and < Danger).ToArray();
        Assert.That(danger.Length, Is.InRange(10, members.Length - 10), "some are in danger and some are not");
        var data = given.Apply(Resample.BorderlineSmote(o => o with { Kind = kind, Strategy = SamplingStrategy.Counts(new Dictionary<string, int> { ["c1"] = members.Length + (3 * danger.Length) }) }));
        var (made, foreign, gaps) = (Skewed.Made(data, given.Data), new List<double>(), new List<double>());
        Assert.That(made, Has.Length.EqualTo(3 * danger.Length));
        foreach (var (i, row) in made.Index())
        {
            var from = danger[i / 3];
            var own = given.Nearest(from, members, Neighbors).Select(to => given.Gap(data, row, from, to)).FirstOrDefault(gap => gap is not null);
            if (own is { } place)
            {
                gaps.Add(place);
                continue;
            }

            var enemy = given.Nearest(from, all.Except(members), 1)[0];
            var gap = given.Gap(data, row, from, enemy);
            Assert.That(gap, Is.Not.Null, $"row {i} lies on no segment of row {from}");
            foreign.Add(gap!.Value);
        }

        Assert.That(Skewed.Kolmogorov(gaps), Is.LessThan(1.63));
        if (kind == BorderlineKind.One) Assert.That(foreign, Is.Empty);
        else
        {
            Assert.That(foreign, Has.Count.InRange(made.Length / 12, made.Length / 4).And.All.LessThan(0.5001), "one of six, in the nearer half");
            Assert.That(Skewed.Kolmogorov(foreign, 0.5), Is.LessThan(1.63));
        }
    }

    [TestCase(4, false)]
    [TestCase(5, true)]
    [TestCase(9, true)]
    [TestCase(10, false)]
    public void Danger_isHalfOrMoreButNotAll(int foreign, bool expected) => Assert.That(BorderlineSmote.Danger([foreign], 10), expected ? Is.EqualTo(new[] { 0 }) : Is.Empty);

    [Test]
    public void Adasyn_numbersOfRows_areThoseOfTheFormula()
    {
        var given = Skewed.Random(900, 2, 4, 0.2);
        var (members, all) = (given.TrainingRowsOf(1), given.Data.TrainingRows.ToArray());
        var missing = all.Length - (2 * members.Length); // so many more rows has the other class
        var ratios = members.Select(row => given.Nearest(row, all, Neighbors).Count(other => given.Data.Target.Values[other] != 1) / (double)Neighbors).ToArray();
        var times = ratios.Select(ratio => (int)Math.Round(ratio / ratios.Sum() * missing)).ToArray();
        var data = given.Apply(Resample.Adasyn());
        var made = Skewed.Made(data, given.Data);
        Assert.That(made, Has.Length.EqualTo(times.Sum()));
        int[] bases = [.. members.Zip(times).SelectMany(pair => Enumerable.Repeat(pair.First, pair.Second))];
        foreach (var (i, row) in made.Index()) Assert.That(given.Nearest(bases[i], members, Neighbors).Any(to => given.Gap(data, row, bases[i], to) is not null), $"row {i} lies on no segment from row {bases[i]} to one of its nearest");
    }

    [Test]
    public void Times_ofNoNeighbourOfOtherClasses_areNotDefined()
    {
        Assert.That(Adasyn.Times([0, 0], 10), Is.Null);
        Assert.That(Adasyn.Times([0, 1, 3], 10), Is.EqualTo(new[] { 0, 2, 8 }), "2.5 and 7.5, to even");
    }

    [Test]
    public void ClassesThatDoNotTouch_areAnErrorThatSaysWhatElse([Values] bool adasyn)
    {
        var given = Skewed.Random(300, 2, 4, 0.2);
        for (var row = 0; row < 300; row++) given.Columns[0][row] += 1000 * given.Data.Target.Values[row];
        var error = Assert.Throws<ModelTrainingException>(() => given.Apply(adasyn ? Resample.Adasyn() : Resample.BorderlineSmote()))!;
        Assert.That(error.Id, Is.EqualTo("MT2674"));
        Assert.That(error.Message, Does.Contain("No row of class 'c1' of 'y'").And.Contain("Take Resample.Smote"));
    }
}
