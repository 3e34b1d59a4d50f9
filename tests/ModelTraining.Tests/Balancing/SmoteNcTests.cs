namespace ModelTraining.Tests.Balancing;

/// <summary>SMOTE-NC by section 6.1 of the paper.</summary>
internal sealed class SmoteNcTests
{
    private const int Neighbors = 5;

    /// <summary>Two quantities, a category by position that may be missing, and one as three columns of which a row has one or none.</summary>
    private static Skewed Mixed(ulong seed)
    {
        const int Rows = 900;
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, 6).Select(_ => new float[Rows]).ToArray();
        var classes = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            classes[row] = random.Next(8) == 0 ? 1 : 0;
            columns[0][row] = (float)((random.NextNormal() * (classes[row] == 1 ? 0.5 : 1)) + (row % 3 == 2 ? 1e6 : 0));
            columns[1][row] = (float)(100 * random.NextNormal());
            columns[2][row] = random.Next(4) is var category and < 3 ? category : float.NaN;
            if (random.Next(4) is var place and < 3) columns[3 + place][row] = 1;
        }

        FeatureInfo[] features = [new("a"), new("b"), new("category", FeatureKind.Category, 3), new("place=x"), new("place=y"), new("place=z")];
        return new Skewed(columns, classes, [.. Enumerable.Range(0, Rows).Where(row => row % 3 != 2)], features, [[2], [3, 4, 5]]);
    }

    [Test]
    public void SmoteNc_nominalFeatures_haveWhatMostNeighboursHave_andDistancesTheMedianDeviation()
    {
        var given = Mixed(1);
        var members = given.TrainingRowsOf(1);
        var median = new[] { 0, 1 }.Select(i => given.Deviation(i, members) / given.Deviation(i, given.Data.TrainingRows.ToArray())).Average(); // of two, the middle
        var data = given.Apply(Resample.SmoteNc(o => o with { Neighbors = Neighbors, Strategy = SamplingStrategy.Counts(new Dictionary<string, int> { ["c1"] = 3 * members.Length }) }));
        var made = Skewed.Made(data, given.Data);
        var (ties, kept) = (0, 0);
        foreach (var (i, row) in made.Index())
        {
            var from = members[i / 2];
            var nearest = given.Nearest(from, members, Neighbors, median);
            Assert.That(nearest.Any(to => given.Gap(data, row, from, to) is not null), $"row {i} lies on no segment from row {from} to one of its nearest");
            foreach (var group in given.Features.Nominal)
            {
                string Value(Func<int, float> of) => string.Join(',', group.Select(of));
                var values = nearest.Select(to => Value(feature => given.Columns[feature][to])).ToList();
                var most = values.CountBy(value => value).MaxBy(pair => pair.Value).Value;
                var expected = values.First(value => values.Count(other => other == value) == most);
                if (values.CountBy(value => value).Count(pair => pair.Value == most) > 1) ties++;
                if (expected == Value(feature => given.Columns[feature][from])) kept++;
                Assert.That(Value(feature => data.Features.Column(feature)[row]), Is.EqualTo(expected), $"row {i}");
            }
        }

        Assert.That(ties, Is.GreaterThan(0), "the nearest of equally frequent categories counts");
        Assert.That(kept, Is.LessThan(2 * made.Length), "not all have that of their row");
    }

    [Test]
    public void SmoteNc_featureNamed_isNominal()
    {
        var given = Skewed.Random(600, 2, 3, 0.15);
        for (var row = 0; row < 600; row++) given.Columns[1][row] = row % 4 == 0 ? 7 : 9;
        var data = given.Apply(Resample.SmoteNc(o => o with { Nominal = ["x1"], Neighbors = 30 }));
        var between = given.Apply(Resample.SmoteNc(o => o with { Neighbors = 30 }));
        Assert.That(Skewed.Made(data, given.Data).Select(row => data.Features.Column(1)[row]), Is.All.AnyOf(7, 9));
        Assert.That(Skewed.Made(between, given.Data).Select(row => between.Features.Column(1)[row]), Has.Some.Matches<float>(value => value is > 7 and < 9), "otherwise it is a quantity");
    }

    [Test]
    public void SmoteNc_featuresAllNominal_areTakenFromTheRowsOfMostLikeCategories()
    {
        var given = Skewed.Random(300, 2, 3, 0.3);
        for (var row = 0; row < 300; row++) (given.Columns[0][row], given.Columns[1][row]) = (row % 3, row % 5);
        var data = given.Apply(Resample.SmoteNc(o => o with { Nominal = ["x0", "x1"] }));
        Assert.That(Skewed.Counts(data), Is.All.EqualTo(Skewed.Counts(given.Data).Max()));
        Assert.That(Skewed.Made(data, given.Data).Select(row => data.Features.Column(1)[row]), Is.All.AnyOf(0, 1, 2, 3, 4));
    }

    [Test]
    public void SmoteNc_nominalNamesNoFeature_isAnError()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Skewed.Random(300, 2, 3, 0.3).Apply(Resample.SmoteNc(o => o with { Nominal = ["x9"] })))!;
        Assert.That(error.Id, Is.EqualTo("MT2675"));
        Assert.That(error.Message, Does.Contain("names 'x9', which is no feature. Did you mean 'x0' or 'x1'?"));
    }
}
