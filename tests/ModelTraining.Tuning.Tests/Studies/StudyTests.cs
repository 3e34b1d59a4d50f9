using ModelTraining.Tests.Samplers;

namespace ModelTraining.Tests.Studies;

internal sealed class StudyTests
{
    private static IEnumerable<ISampler> Samplers() =>
    [
        new RandomSampler(), new GridSampler { Points = 2 }, new QuasiRandomSampler(), new QuasiRandomSampler { Sequence = QuasiRandomSequence.Sobol }, new TpeSampler { StartupTrials = 5 }, new TpeSampler { StartupTrials = 5, Multivariate = false },
        new GaussianProcessSampler { StartupTrials = 5 }, new GeneticSampler { Population = 6 },
    ];

    [TestCaseSource(nameof(Samplers))]
    public void Ask_ofAStudyThatWasStopped_proposesWhatTheUninterruptedOneDoes(ISampler sampler)
    {
        using var folder = new TemporaryFolder();
        var whole = Try(TestFunction.Conditional, sampler, folder.File("whole.jsonl"), 14);
        Try(TestFunction.Conditional, sampler, folder.File("parts.jsonl"), 4);
        Try(TestFunction.Conditional, sampler, folder.File("parts.jsonl"), 5);
        var parts = Try(TestFunction.Conditional, sampler, folder.File("parts.jsonl"), 5);

        Assert.That(parts.Select(trial => trial.Parameters), Is.EqualTo(whole.Select(trial => trial.Parameters)));
        Assert.That(whole.Select(trial => string.Join(' ', trial.Parameters)).Distinct().Count(), Is.GreaterThan(9), "it proposes different trials");
    }

    [Test]
    public void Ask_ofCmaEsThatWasStopped_proposesWhatTheUninterruptedOneDoes()
    {
        using var folder = new TemporaryFolder();
        var whole = Try(TestFunction.Hartmann6, new CmaEsSampler(), folder.File("whole.jsonl"), 30);
        Try(TestFunction.Hartmann6, new CmaEsSampler(), folder.File("parts.jsonl"), 13);
        var parts = Try(TestFunction.Hartmann6, new CmaEsSampler(), folder.File("parts.jsonl"), 17);

        Assert.That(parts.Select(trial => trial.Parameters), Is.EqualTo(whole.Select(trial => trial.Parameters)));
    }

    [Test]
    public void Ask_first_takesTheValuesToStartAt()
    {
        var space = new SearchSpace();
        var rate = space.Float("rate", 0.001, 1, log: true).StartAt(0.1);
        var leaves = space.Int("leaves", 2, 255).StartAt(31);
        using var study = new Study(space);

        var (first, second) = (study.Ask(), study.Ask());

        Assert.That((first.Get(rate), first.Get(leaves)), Is.EqualTo((0.1, 31)));
        Assert.That((second.Get(rate), second.Get(leaves)), Is.Not.EqualTo((0.1, 31)));
    }

    [Test]
    public void Get_ofAParameterThatTheTrialLacks_saysWhenItWouldHaveIt()
    {
        var space = new SearchSpace();
        var drops = space.Bool("drops").StartAt(false);
        var rate = space.When(drops, true).Float("rate", 0, 1);
        using var study = new Study(space);
        var trial = study.Ask();

        Assert.That(trial.Has(rate), Is.False);
        Assert.That(() => trial.Get(rate), Throws.InvalidOperationException.With.Message.Contain("where drops is true"));
    }

    [Test]
    public void Tell_ofNoNumber_failsTheTrialWithThatReason()
    {
        using var study = new Study(OneNumber());
        study.Tell(study.Ask(), double.NaN);

        Assert.That(study.Trials[0].State, Is.EqualTo(TrialState.Failed));
        Assert.That(study.Trials[0].Reason, Does.Contain("NaN"));
        Assert.That(study.Best, Is.Null);
    }

    [Test]
    public void Tell_ofOtherThanTheDirections_isAnError()
    {
        using var study = new Study(OneNumber());
        var thrown = Assert.Throws<ModelTrainingException>(() => study.Tell(study.Ask(), 1, 2))!;

        Assert.That(thrown.Id, Is.EqualTo("MT2601"));
        Assert.That(thrown.Message, Does.Contain("2 values").And.Contain("1 objectives"));
    }

    [Test]
    public void Skip_endsTheTrialWithItsReason_andIsKept()
    {
        var storage = new MemoryStudyStorage();
        using (var study = new Study(OneNumber(), o => o with { Storage = storage })) study.Skip(study.Ask(), "too large");
        using var again = new Study(OneNumber(), o => o with { Storage = storage });

        Assert.That(again.Trials.Single(), Has.Property("State").EqualTo(TrialState.Skipped).And.Property("Reason").EqualTo("too large").And.Property("HasEnded").True);
        Assert.That(again.Best, Is.Null);
        Assert.That(again.Ask().Number, Is.EqualTo(1));
    }

    private static IEnumerable<ISampler> Learning() => [new TpeSampler { StartupTrials = 5 }, new GaussianProcessSampler { StartupTrials = 5 }, new CmaEsSampler(), new GeneticSampler { Population = 5 }];

    [TestCaseSource(nameof(Learning))]
    public void Propose_afterSkippedTrials_isAsIfTheyHadNotBeen(ISampler sampler)
    {
        using var study = new Study(OneNumber());
        for (var i = 0; i < 20; i++)
        {
            var trial = study.Ask();
            if (i % 3 == 0) study.Skip(trial, "too large");
            else study.Tell(trial, Math.Abs(trial.Parameters["x"] - 0.3));
        }

        SamplerContext Context(IReadOnlyList<TrialRecord> trials) => new() { Space = study.Space, Directions = study.Directions, Trials = trials, Number = 20, Seed = 1, Random = new SeededRandom(1) };

        Assert.That(sampler.Propose(Context(study.Trials)), Is.EqualTo(sampler.Propose(Context([.. study.Trials.Where(trial => trial.State == TrialState.Complete)]))));
    }

    [Test]
    public async Task OptimizeAsync_ofAnObjectiveThatThrowsAtTimes_keepsTheReasonAndGoesOn()
    {
        var space = new SearchSpace();
        var x = space.Float("x", 0, 1);
        using var study = new Study(space, o => o with { Directions = [MetricDirection.HigherIsBetter] });

        var best = await study.OptimizeAsync(trial => trial.Number % 2 == 0 ? trial.Get(x) : throw new InvalidOperationException("out of memory"), 20);

        Assert.That(study.Trials.Count(trial => trial.State == TrialState.Failed && trial.Reason == "out of memory"), Is.EqualTo(10));
        Assert.That(best.Value, Is.EqualTo(study.Trials.Where(trial => trial.State == TrialState.Complete).Max(trial => trial.Value)));
    }

    [Test]
    public void OptimizeAsync_whereAllFail_saysWhy()
    {
        using var study = new Study(OneNumber());
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(async () => await study.OptimizeAsync(Fail, 5))!;

        Assert.That(thrown.Id, Is.EqualTo("MT2600"));
        Assert.That(thrown.Message, Does.Contain("no such file").And.Contain("5 of them").And.Contain("Mend"));

        static double Fail(Trial trial) => throw new InvalidOperationException("no such file");
    }

    [Test]
    public void OptimizeAsync_cancelled_givesTheTrialBack()
    {
        using var study = new Study(OneNumber());
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAsync<OperationCanceledException>(async () => await study.OptimizeAsync((trial, token) =>
        {
            if (trial.Number == 3) cancel.Cancel();
            token.ThrowIfCancellationRequested();
            return new([trial.Number]);
        }, 10, cancel.Token));

        Assert.That(study.Trials[3].State, Is.EqualTo(TrialState.Waiting));
        var parameters = study.Trials[3].Parameters;
        var again = study.Ask();
        Assert.That((again.Number, again.Parameters["x"]), Is.EqualTo((3, parameters["x"])));
    }

    [Test]
    public void Prune_keepsTheReports_andIsNeverTheBest()
    {
        using var study = new Study(OneNumber());
        var (pruned, complete) = (study.Ask(), study.Ask());
        pruned.Report(1, 0.5);
        pruned.Report(1, 0.4);
        pruned.Report(2, 0.25);
        Assert.That(pruned.Prune(), Is.EqualTo(0.25));
        study.Tell(pruned, 0);
        study.Tell(complete, 1);

        Assert.That(study.Trials[0].Reports, Is.EqualTo(new[] { new TrialReport(1, 0.5), new TrialReport(2, 0.25) }));
        Assert.That(study.Trials[0].State, Is.EqualTo(TrialState.Pruned));
        Assert.That(study.Best!.Number, Is.EqualTo(1));
    }

    [Test]
    public void Best_leavesOutWhatBreaksAConstraint()
    {
        using var study = new Study(OneNumber());
        var (slow, fast) = (study.Ask(), study.Ask());
        slow.Constrain(5);
        study.Tell(slow, 0.1);
        fast.Constrain(-5);
        study.Tell(fast, 0.9);

        Assert.That(study.Best!.Number, Is.EqualTo(1));
        Assert.That(study.Trials[0].IsFeasible, Is.False);
    }

    [Test]
    public void ParetoFront_hasWhatNothingBeatsInAll()
    {
        using var study = new Study(OneNumber(), o => o with { Directions = [MetricDirection.LowerIsBetter, MetricDirection.HigherIsBetter] });
        foreach (var (cost, gain) in new[] { (1.0, 1.0), (2, 3), (3, 2), (4, 4), (1, 0.5) }) study.Tell(study.Ask(), cost, gain);

        Assert.That(study.ParetoFront.Select(trial => trial.Number), Is.EqualTo(new[] { 0, 1, 3 }));
    }

    [Test]
    public void ParetoFront_leavesOutWhatBreaksAConstraint()
    {
        using var study = new Study(OneNumber(), o => o with { Directions = [MetricDirection.LowerIsBetter, MetricDirection.LowerIsBetter] });
        foreach (var (first, second, violation) in new[] { (1.0, 1.0, 0.5), (2, 3, 0), (3, 2, -1), (4, 4, -1) })
        {
            var trial = study.Ask();
            trial.Constrain(violation);
            study.Tell(trial, first, second);
        }

        Assert.That(study.ParetoFront.Select(trial => trial.Number), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void Tell_withOtherConstraintsThanThoseBefore_isAnError()
    {
        using var study = new Study(OneNumber());
        var (one, other) = (study.Ask(), study.Ask());
        one.Constrain(-1);
        study.Tell(one, 1);
        var thrown = Assert.Throws<ModelTrainingException>(() => study.Tell(other, 1))!;

        Assert.That(thrown.Id, Is.EqualTo("MT1860"));
        Assert.That(thrown.Message, Does.Contain("Trial 1 said 0 constraints").And.Contain("trial 0 said 1").And.Contain("also for those that hold"));
    }

    [Test]
    public void Importances_putWhatMattersFirst()
    {
        var space = new SearchSpace();
        var (matters, little, choice) = (space.Float("matters", 0, 1), space.Float("little", 0, 1), space.Choice("nothing", "a", "b"));
        using var study = new Study(space, o => o with { Sampler = new RandomSampler() });
        Assert.That(study.Importances(), Is.Empty);
        for (var i = 0; i < 200; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, (10 * Math.Abs(trial.Get(matters) - 0.3)) + trial.Get(little) + (trial.Get(choice) == "a" ? 0 : 1e-9));
        }

        var importances = study.Importances();
        Assert.That(importances.Select(importance => importance.Parameter).First(), Is.EqualTo("matters"));
        Assert.That(importances.Sum(importance => importance.Share), Is.EqualTo(1).Within(1e-12));
        Assert.That(importances[0].Share, Is.GreaterThan(0.7));
    }

    private static IEnumerable<TestCaseData> WrongOptions()
    {
        yield return Case("MT1807", "Declare", new SearchSpace(), o => o);
        yield return Case("MT1810", "StartupTrials", OneNumber(), o => o with { Sampler = new TpeSampler { StartupTrials = 0 } });
        yield return Case("MT1810", "Sequence", OneNumber(), o => o with { Sampler = new QuasiRandomSampler { Sequence = (QuasiRandomSequence)7 } });
        yield return Case("MT1810", "Candidates", OneNumber(), o => o with { Sampler = new TpeSampler { Candidates = 0 } });
        yield return Case("MT1810", "at least 2", OneNumber(), o => o with { Sampler = new GaussianProcessSampler { StartupTrials = 1 } });
        yield return Case("MT1810", "Population", OneNumber(), o => o with { Sampler = new GeneticSampler { Population = 2 } });
        yield return Case("MT1810", "Crossover", OneNumber(), o => o with { Sampler = new GeneticSampler { Crossover = 2 } });
        yield return Case("MT1810", "Mutation", OneNumber(), o => o with { Sampler = new GeneticSampler { Mutation = -1 } });
        yield return Case("MT1810", "Sigma", OneNumber(), o => o with { Sampler = new CmaEsSampler { Sigma = 0 } });
        yield return Case("MT1810", "Population", OneNumber(), o => o with { Sampler = new CmaEsSampler { Population = 3 } });
        yield return Case("MT1810", "at least 2", OneNumber(), o => o with { Sampler = new GridSampler { Points = 1 } });
        yield return Case("MT1810", "fewer 'Points'", OneNumber(), o => o with { Sampler = new GridSampler { Points = 2_000_000 } });
        yield return Case("MT1811", "StartupTrials", OneNumber(), o => o with { Pruner = new MedianPruner { StartupTrials = 0 } });
        yield return Case("MT1811", "WarmupSteps", OneNumber(), o => o with { Pruner = new MedianPruner { WarmupSteps = -1 } });
        yield return Case("MT1811", "Quantile", OneNumber(), o => o with { Pruner = new MedianPruner { Quantile = 1 } });
        yield return Case("MT1811", "MinSteps", OneNumber(), o => o with { Pruner = new SuccessiveHalvingPruner { MinSteps = 0 } });
        yield return Case("MT1811", "ReductionFactor", OneNumber(), o => o with { Pruner = new SuccessiveHalvingPruner { ReductionFactor = 1 } });
        yield return Case("MT1811", "MaxSteps", OneNumber(), o => o with { Pruner = new HyperbandPruner { MaxSteps = 1 } });
        yield return Case("MT1812", "Directions", OneNumber(), o => o with { Directions = [] });
        yield return Case("MT1812", "HeartbeatLimit", OneNumber(), o => o with { HeartbeatLimit = TimeSpan.Zero });
        yield return Case("MT1813", "Leave 'Pruner' out", OneNumber(), o => o with { Pruner = new MedianPruner(), Directions = [MetricDirection.LowerIsBetter, MetricDirection.LowerIsBetter] });
        yield return Case("MT1815", "GeneticSampler", OneNumber(), o => o with { Sampler = new CmaEsSampler(), Directions = [MetricDirection.LowerIsBetter, MetricDirection.LowerIsBetter] });
        yield return Case("MT1815", "quantity", OneChoice(), o => o with { Sampler = new CmaEsSampler() });

        static TestCaseData Case(string id, string says, SearchSpace space, Func<StudyOptions, StudyOptions> configure) => new TestCaseData(id, says, space, configure).SetArgDisplayNames(id, says);
    }

    [TestCaseSource(nameof(WrongOptions))]
    public void New_withWrongOptions_saysWhich(string id, string says, SearchSpace space, Func<StudyOptions, StudyOptions> configure)
    {
        var thrown = Assert.Throws<ModelTrainingException>(() => new Study(space, configure).Dispose())!;

        Assert.That(thrown.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { id }));
        Assert.That(thrown.Message, Does.Contain(says));
    }

    [Test]
    public async Task Ask_whereTheGridIsAtItsEnd_isAnError_andOptimizeEnds()
    {
        using var study = new Study(OneChoice(), o => o with { Sampler = new GridSampler() });
        await study.OptimizeAsync(trial => trial.Number, 50);
        var thrown = Assert.Throws<ModelTrainingException>(() => study.Ask())!;

        Assert.That(study.Trials, Has.Count.EqualTo(2));
        Assert.That(thrown.Id, Is.EqualTo("MT1814"));
        Assert.That(thrown.Message, Does.Contain("widen the space"));
    }

    private static SearchSpace OneNumber()
    {
        var space = new SearchSpace();
        space.Float("x", 0, 1);
        return space;
    }

    private static SearchSpace OneChoice()
    {
        var space = new SearchSpace();
        space.Choice("c", "a", "b");
        return space;
    }

    private static IReadOnlyList<TrialRecord> Try(TestFunction function, ISampler sampler, string path, int trials)
    {
        var space = new SearchSpace();
        var objective = function.Build(space);
        using var study = new Study(space, o => o with { Sampler = sampler, Seed = 7, Storage = new JournalFile(path) });
        for (var i = 0; i < trials; i++)
        {
            var trial = study.Ask();
            study.Tell(trial, objective(trial));
        }

        return study.Trials;
    }
}
