namespace ModelTraining.Tests.Samplers;

internal sealed class SamplerTests
{
    private static IEnumerable<TestCaseData> Learners()
    {
        foreach (var function in new[] { TestFunction.Branin, TestFunction.Hartmann6, TestFunction.Rastrigin5, TestFunction.Conditional }) yield return new TestCaseData(new TpeSampler(), function, 60, 9);
        foreach (var function in new[] { TestFunction.Branin, TestFunction.Hartmann6, TestFunction.Conditional }) yield return new TestCaseData(new TpeSampler { Multivariate = false }, function, 60, 9);
        yield return new TestCaseData(new GaussianProcessSampler(), TestFunction.Branin, 30, 3);
        yield return new TestCaseData(new GaussianProcessSampler(), TestFunction.Hartmann6, 40, 3);
        yield return new TestCaseData(new GaussianProcessSampler(), TestFunction.Rastrigin5, 60, 5);
        foreach (var sampler in new ISampler[] { new TpeSampler(), new CmaEsSampler() }) yield return new TestCaseData(sampler, TestFunction.Constrained, 100, 9);
        yield return new TestCaseData(new GeneticSampler { Population = 15 }, TestFunction.Constrained, 300, 9);
        yield return new TestCaseData(new GaussianProcessSampler(), TestFunction.Constrained, 30, 3);
        foreach (var function in new[] { TestFunction.Branin, TestFunction.Hartmann6, TestFunction.Rastrigin5 }) yield return new TestCaseData(new CmaEsSampler(), function, 150, 9);
        foreach (var function in new[] { TestFunction.Branin, TestFunction.Hartmann6, TestFunction.Rastrigin5, TestFunction.Conditional }) yield return new TestCaseData(new GeneticSampler { Population = 15 }, function, 150, 9);
    }

    [TestCaseSource(nameof(Learners))]
    public void Propose_ofAKnownFunction_hasLessMedianRegretThanChance(ISampler sampler, TestFunction function, int trials, int seeds) =>
        Assert.That(function.MedianRegret(sampler, seeds, trials), Is.LessThan(0.9 * function.MedianRegret(new RandomSampler(), seeds, trials)));

    [Test]
    public void Propose_ofTheGaussianProcess_findsTheBottomOfASmoothFunction_alsoInACornerThatConstraintsLeave()
    {
        Assert.That(TestFunction.Branin.MedianRegret(new GaussianProcessSampler(), 3, 40), Is.LessThan(1e-3));
        Assert.That(TestFunction.Constrained.MedianRegret(new GaussianProcessSampler(), 3, 40), Is.LessThan(1e-3));
    }

    [Test]
    public void Propose_whereNothingHoldsTheConstraintYet_looksForWhatDoes([Values] bool gaussian)
    {
        ISampler sampler = gaussian ? new GaussianProcessSampler { StartupTrials = 5 } : new TpeSampler { StartupTrials = 5 };
        var space = new SearchSpace();
        var x = Enumerable.Range(0, 4).Select(i => space.Float($"x{i}", 0, 1)).ToArray();
        using var study = new Study(space, o => o with { Sampler = sampler });
        for (var i = 0; i < 60 && study.Best is null; i++)
        {
            var trial = study.Ask();
            trial.Constrain(x.Sum(parameter => Math.Pow(trial.Get(parameter) - 0.9, 2)) - 0.02); // 1 in 2,000 by chance
            study.Tell(trial, 1);
        }

        Assert.That(study.Best, Is.Not.Null);
    }

    [Test]
    public void Propose_ofCmaEsOnASlantedValley_findsItsBottom()
    {
        var valley = new TestFunction("valley", space =>
        {
            var (x, y) = (space.Float("x", -1, 1), space.Float("y", -1, 1));
            return trial => Math.Pow(trial.Get(x) + trial.Get(y) - 0.6, 2) + (0.01 * Math.Pow(trial.Get(x) - trial.Get(y), 2));
        });

        Assert.That(valley.MedianRegret(new CmaEsSampler(), 5, 300), Is.LessThan(1e-8));
    }

    [Test]
    public void Propose_ofGeneticWithTwoObjectives_comesCloserToTheFrontThanChance()
    {
        Assert.That(AreaUnderFront(new GeneticSampler { Population = 20 }), Is.LessThan(0.8 * AreaUnderFront(new RandomSampler())));

        // ZDT1 of four variables (Zitzler, Deb and Thiele, 2000); the area that its front leaves is that of 1 - √x.
        static double AreaUnderFront(ISampler sampler)
        {
            var space = new SearchSpace();
            var x = Enumerable.Range(0, 4).Select(i => space.Float($"x{i}", 0, 1)).ToArray();
            using var study = new Study(space, o => o with { Sampler = sampler, Directions = [MetricDirection.LowerIsBetter, MetricDirection.LowerIsBetter] });
            for (var i = 0; i < 300; i++)
            {
                var trial = study.Ask();
                var (f, g) = (trial.Get(x[0]), 1 + (3 * x.Skip(1).Sum(trial.Get)));
                study.Tell(trial, f, g * (1 - Math.Sqrt(f / g)));
            }

            var (area, from, height) = (0.0, 0.0, 10.0);
            foreach (var trial in study.ParetoFront.OrderBy(trial => trial.Values[0]))
            {
                area += (trial.Values[0] - from) * height;
                (from, height) = (trial.Values[0], trial.Values[1]);
            }

            return area + ((1 - from) * height);
        }
    }

    [Test]
    public void Propose_withTrialsOfOthersAtWork_keepsAwayFromThem([Values] bool gaussian)
    {
        ISampler sampler = gaussian ? new GaussianProcessSampler { StartupTrials = 4 } : new TpeSampler { StartupTrials = 4 };
        var space = new SearchSpace();
        var x = space.Float("x", 0, 1);
        using var study = new Study(space, o => o with { Sampler = sampler });
        for (var i = 0; i < 8; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, Math.Pow(trial.Get(x) - 0.5, 2));
        }

        var asked = Enumerable.Range(0, 4).Select(_ => study.Ask().Get(x)).Order().ToList();

        Assert.That(asked.Zip(asked.Skip(1), (a, b) => b - a), Has.All.GreaterThan(1e-4));
    }

    [Test]
    public void Propose_ofTheGrid_hasEveryCombinationOnce()
    {
        var space = new SearchSpace();
        var kind = space.Choice("kind", "a", "b");
        space.Int("n", 1, 3, log: true);
        space.When(kind, "b").Float("x", 0, 1);
        var sampler = new GridSampler { Points = 3 };
        using var study = new Study(space, o => o with { Sampler = sampler });
        var seen = new List<string>();
        for (var i = 0; i < 12; i++) seen.Add(string.Join(' ', study.Ask().Parameters.Values.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))));

        Assert.That(seen, Is.EqualTo(new[] { "0 1", "0 2", "0 3", "1 1 0", "1 1 0.5", "1 1 1", "1 2 0", "1 2 0.5", "1 2 1", "1 3 0", "1 3 0.5", "1 3 1" }));
    }

    [Test]
    public void At_ofHaltonsSequence_putsEveryRunOfPowersIntoEveryPartOfTheRange()
    {
        var primes = new[] { 2, 3, 5, 7, 11 };
        for (var dimension = 0; dimension < primes.Length; dimension++)
        {
            var parts = primes[dimension] * primes[dimension];
            var hit = Enumerable.Range(0, parts).Select(point => (int)(HaltonSequence.At(3, point, dimension) * parts)).Distinct().Count();
            Assert.That(hit, Is.EqualTo(parts));
        }

        Assert.That(HaltonSequence.At(3, 1, 0), Is.Not.EqualTo(HaltonSequence.At(4, 1, 0)), "the seed scrambles it");
    }
}
