namespace ModelTraining.Tests.Pruners;

internal sealed class PrunerTests
{
    [TestCase(0.5, 0.55, true)]
    [TestCase(0.5, 0.45, false)]
    [TestCase(0.9, 0.75, false)]
    public void Median_goesByTheBestReportUpToTheStep(double quantile, double value, bool prunes)
    {
        var pruner = new MedianPruner { StartupTrials = 3, Quantile = quantile };
        var others = new[] { Complete(0, 0.9, 0.2), Complete(1, 0.5, 0.1), Complete(2, 0.1, 0.05), Complete(3, 0.8, 0.2), Complete(4, 0.3, 0.1) };

        Assert.That(pruner.ShouldPrune(Context(others, value)), Is.EqualTo(prunes));
    }

    [Test]
    public void Median_beforeEnoughTrialsOrSteps_sparesAll()
    {
        var others = new[] { Complete(0, 0.1), Complete(1, 0.1) };

        Assert.That(new MedianPruner { StartupTrials = 3 }.ShouldPrune(Context(others, 9)), Is.False);
        Assert.That(new MedianPruner { StartupTrials = 2, WarmupSteps = 2 }.ShouldPrune(Context(others, 9)), Is.False);
        Assert.That(new MedianPruner { StartupTrials = 2, WarmupSteps = 1 }.ShouldPrune(Context(others, 9)), Is.True);
    }

    [Test]
    public void Median_whereMoreIsBetter_givesUpWhatIsLess()
    {
        var others = Enumerable.Range(0, 5).Select(i => Complete(i, 0.5)).ToArray();

        Assert.That(new MedianPruner().ShouldPrune(Context(others, MetricDirection.HigherIsBetter, 0.4)), Is.True);
        Assert.That(new MedianPruner().ShouldPrune(Context(others, MetricDirection.HigherIsBetter, 0.6)), Is.False);
    }

    [Test]
    public void SuccessiveHalving_decidesOnlyWhereARungIsReached()
    {
        var pruner = new SuccessiveHalvingPruner { MinSteps = 1, ReductionFactor = 2 };
        var others = new[] { Complete(0, 0.1, 0.1, 0.1, 0.1), Complete(1, 0.2, 0.2, 0.2, 0.2), Complete(2, 0.3, 0.3, 0.3, 0.3) };

        Assert.That(pruner.ShouldPrune(Context(others, 9)), Is.True, "step 1 is a rung");
        Assert.That(pruner.ShouldPrune(Context(others, 0.15)), Is.False, "second of four");
        Assert.That(pruner.ShouldPrune(Context(others, 0.15, 0.15, 9)), Is.False, "step 3 is none");
        Assert.That(pruner.ShouldPrune(Context(others, 0.15, 0.15, 9, 9)), Is.True, "step 4 is one");
    }

    [Test]
    public void SuccessiveHalving_onCurvesThatWaver_findsTheBestAtAThirdOfTheWork()
    {
        var (spent, best) = (0, double.PositiveInfinity);
        var space = new SearchSpace();
        var x = space.Float("x", 0, 1);
        using var study = new Study(space, o => o with { Sampler = new QuasiRandomSampler(), Pruner = new SuccessiveHalvingPruner { MinSteps = 4, ReductionFactor = 3 } });
        for (var i = 0; i < 60; i++)
        {
            var trial = study.Ask();
            best = Math.Min(best, Loss(trial.Get(x), 108));
            for (var step = 1; step <= 108 && study.Trials[i].State == TrialState.Running; step++, spent++)
            {
                trial.Report(step, Loss(trial.Get(x), step));
                if (trial.ShouldPrune) trial.Prune();
            }

            study.Tell(trial, Loss(trial.Get(x), 108));
        }

        Assert.That(spent, Is.LessThan(60 * 108 / 3));
        Assert.That(study.Best!.Value, Is.EqualTo(best).Within(1).Percent);

        static double Loss(double x, int step) => 0.1 + Math.Abs(x - 0.4) + (0.8 * Math.Exp(-step * (0.1 + (0.3 * Math.Abs(x - 0.4))))) + (0.02 * Math.Sin(100 * x * step));
    }

    [Test]
    public void Hyperband_dealsTrialsOutToBracketsThatBeginAtDifferentSteps()
    {
        var pruner = new HyperbandPruner { MinSteps = 1, MaxSteps = 27 };
        var counts = Enumerable.Range(0, 1000).CountBy(pruner.BracketOf).ToDictionary();

        Assert.That(counts.Keys, Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
        Assert.That(counts[0], Is.GreaterThan(counts[1]));
        Assert.That(counts[1], Is.GreaterThan(counts[2]));
        var last = Enumerable.Range(0, 1000).Where(number => pruner.BracketOf(number) == 3).Take(5).ToList();
        var others = last.Skip(1).Select(number => Complete(number, [.. Enumerable.Repeat(0.1, 27)])).ToList();
        PrunerContext After(int steps) => new() { Trial = Complete(last[0], [.. Enumerable.Repeat(0.9, steps)]) with { State = TrialState.Running }, Step = steps, Trials = others, Direction = MetricDirection.LowerIsBetter };
        Assert.That(pruner.ShouldPrune(After(9)), Is.False);
        Assert.That(pruner.ShouldPrune(After(27)), Is.True);
    }

    private static PrunerContext Context(IReadOnlyList<TrialRecord> others, params double[] values) => Context(others, MetricDirection.LowerIsBetter, values);

    private static PrunerContext Context(IReadOnlyList<TrialRecord> others, MetricDirection direction, params double[] values)
    {
        var trial = Complete(others.Count, values) with { State = TrialState.Running };
        return new PrunerContext { Trial = trial, Step = values.Length, Trials = [.. others, trial], Direction = direction };
    }

    private static TrialRecord Complete(int number, params double[] values) => new()
    {
        Number = number,
        State = TrialState.Complete,
        Parameters = new Dictionary<string, double>(),
        Values = [values[^1]],
        Reports = [.. values.Select((value, i) => new TrialReport(i + 1, value))],
    };
}
