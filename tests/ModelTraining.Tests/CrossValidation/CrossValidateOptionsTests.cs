using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.CrossValidation;

internal sealed class CrossValidateOptionsTests
{
    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("MT1900", o => o with { Folds = 1 }, "'Folds' option of CrossValidate must be at least 2. Got 1. Use Split");
        yield return Case("MT1901", o => o with { Repeats = 0 }, "'Repeats' option of CrossValidate must be at least 1. Got 0.");
        yield return Case("MT1902", o => o with { Validation = 1 }, "'Validation' option of CrossValidate must be in [0, 1). Got 1.");
        yield return Case("MT1903", o => o with { GroupBy = "plan", TimeBy = "since" }, "'GroupBy' and 'TimeBy' of CrossValidate exclude each other: each decides alone which fold a row is in. Leave one of them out.");
        yield return Case("MT1903", o => o with { LeaveOneOut = true, TimeBy = "since" }, "'LeaveOneOut' and 'TimeBy'");
        yield return Case("MT1903", o => o with { LeaveOneOut = true, Stratify = true }, "'LeaveOneOut' and 'Stratify'");
        yield return Case("MT1903", o => o with { LeaveOneOut = true, Repeats = 2 }, "'LeaveOneOut' and 'Repeats'");
        yield return Case("MT1903", o => o with { LeaveOneOut = true, Final = FinalModel.Ensemble }, "'LeaveOneOut' and 'Final: Ensemble'");
        yield return Case("MT1903", o => o with { TimeBy = "since", Stratify = true }, "'TimeBy' and 'Stratify'");
        yield return Case("MT1903", o => o with { TimeBy = "since", Repeats = 2 }, "'TimeBy' and 'Repeats'");
        yield return Case("MT1903", o => o with { Shuffle = false, Stratify = true }, "'Stratify' and 'Shuffle: false'");
        yield return Case("MT1903", o => o with { Shuffle = false, GroupBy = "plan" }, "'GroupBy' and 'Shuffle: false'");
        yield return Case("MT1903", o => o with { Shuffle = false, Repeats = 2 }, "'Repeats' and 'Shuffle: false'");
        yield return Case("MT1904", o => o with { TimeBy = "since", Gap = -1 }, "'Gap' option of CrossValidate must be at least 0. Got -1.");
        yield return Case("MT1904", o => o with { TimeBy = "since", TestSize = 0 }, "'TestSize' option of CrossValidate must be at least 1. Got 0.");
        yield return Case("MT1904", o => o with { TimeBy = "since", MaxTrainSize = 1 }, "'MaxTrainSize' option of CrossValidate must be at least 2. Got 1.");
        yield return Case("MT1904", o => o with { Gap = 5 }, "'Gap' option of CrossValidate is for folds of time, and no 'TimeBy' names the column that tells the time. Name it, or leave 'Gap' out.");
        yield return Case("MT1905", o => o with { ParallelFolds = 0 }, "'ParallelFolds' option of CrossValidate must be at least 1. Got 0.");
        yield return Case("MT1905", o => o with { MemoryBudgetBytes = 0 }, "'MemoryBudgetBytes' option of CrossValidate must be at least 1. Got 0.");
        yield return Case("MT1906", o => o with { Final = (FinalModel)7 }, "There is no FinalModel 7. Use Refit or Ensemble.");
        yield return Case("MT1906", o => o with { Folds = 10, Repeats = 30, Final = FinalModel.Ensemble }, "10 folds, repeated 30 times, are too many models for one graph, which takes at most 200. Take fewer, or FinalModel.Refit.");
        yield return Case("MT2001", o => o with { GroupBy = "plans" }, "The option 'GroupBy' of CrossValidate names a column 'plans' that is not there. Did you mean 'plan'?");
        yield return Case("MT2001", o => o with { TimeBy = "sinc" }, "The option 'TimeBy' of CrossValidate names a column 'sinc'");
        yield return Case("MT2312", o => o with { TimeBy = "returns" }, "The option 'TimeBy' of CrossValidate names the label 'returns'.");
        yield return Case("MT2314", o => o with { TimeBy = "plan" }, "Column 'plan', which the 'TimeBy' option of CrossValidate names, is of type Text.");
        yield return Case("MT2315", o => o with { TimeBy = "spent" }, "Column 'spent', which the 'TimeBy' option of CrossValidate names, has no time in");
        yield return Case("MT2650", o => o with { Folds = 150 }, "fewer than the 150 folds of CrossValidate, so that not each fold can have one. Set 'Folds' to ");
        yield return Case("MT2651", o => o with { GroupBy = "plan" }, "Column 'plan', which the 'GroupBy' option of CrossValidate names, has 3 groups for 5 folds. Set 'Folds' to at most 3");
        yield return Case("MT2653", o => o with { Folds = 250, Stratify = false }, "200 rows are too few for 250 folds of CrossValidate.");

        static TestCaseData Case(string id, Func<CrossValidateOptions, CrossValidateOptions> configure, string says) => new TestCaseData(id, configure, says) { TestName = $"RunAsync_wrong_{id}_{says[..Math.Min(60, says.Length)]}" };
    }

    [TestCaseSource(nameof(Wrong))]
    public void RunAsync_wrongOptions_saysWhatWhereAndHowToMendIt(string id, Func<CrossValidateOptions, CrossValidateOptions> configure, string says)
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(200)).CrossValidate(configure).Train(Given.SmallTrees).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo(id));
        Assert.That(thrown.Message, Does.Contain(says).And.Contain("stage 2 of 4, CrossValidate, CrossValidateOptionsTests.cs:"));
    }

    [Test]
    public void RunAsync_stagesThatFoldsDoNotSuit_areToldBeforeAnythingIsFitted()
    {
        var trainer = new RecordingTrainer(Given.SmallTrees);
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(200)).CrossValidate(3, o => o with { Validation = 0 }).Train(trainer).Calibrate().Threshold().Evaluate().RunAsync())!;

        Assert.That(thrown.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { "MT2330", "MT2330" }), "each once, not of each fold");
        Assert.That(thrown.Message, Does.Contain("Calibrate works by the validation part").And.Contain("stage 5 of 7, Calibrate, CrossValidateOptionsTests.cs:").And.Contain("'Validation' of Split or CrossValidate"));
        Assert.That(trainer.Parts, Is.Empty);
    }

    [Test]
    public void RunAsync_withoutAModel_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Given.Shop(100)).CrossValidate(3).Features(o => o).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT1908"));
        Assert.That(thrown.Message, Does.Contain("the pipeline trains none. Add Train or Tune, or use Split.").And.Contain("stage 2 of 3, CrossValidate, CrossValidateOptionsTests.cs:"));
    }

    [Test]
    public void ParallelFolds_keepsToThreadsAndMemory()
    {
        int Parallel(CrossValidateOptions options, int threads, IRunStep step)
        {
            var table = new Table([new NumberColumn("x", new float[100]), new NumberColumn("y", Enumerable.Range(0, 100).Select(i => (float)i).ToArray())], new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label });
            var plan = new PipelinePlan { Threads = threads }.Then(new CrossValidateStep(options), "", 0).Then(step, "", 0);
            var state = new RunState(plan, new StageContext(), null) { Source = table, Table = table };
            Labels.Read(state);
            return FoldBudget.ParallelFolds(new FoldPlan(options, state, plan.Steps[0].Step), state);
        }

        var trees = new TrainStep(Given.SmallTrees);
        Assert.That(Parallel(new CrossValidateOptions(), 4, trees), Is.EqualTo(4), "a fold for each thread");
        Assert.That(Parallel(new CrossValidateOptions(), 16, trees), Is.EqualTo(5), "no more than there are folds");
        Assert.That(Parallel(new CrossValidateOptions { ParallelFolds = 2 }, 16, trees), Is.EqualTo(2));
        Assert.That(Parallel(new CrossValidateOptions { MemoryBudgetBytes = 3 * 3 * 8 * 100 * 2 }, 16, trees), Is.EqualTo(3), "three times the table each");
        Assert.That(Parallel(new CrossValidateOptions { MemoryBudgetBytes = 1 }, 16, trees), Is.EqualTo(1));
        Assert.That(Parallel(new CrossValidateOptions(), 16, new TrainStep(Networks.Mlp())), Is.EqualTo(1), "their last digits depend on the threads");
        Assert.That(Parallel(new CrossValidateOptions { ParallelFolds = 2 }, 16, new TrainStep(Networks.Mlp())), Is.EqualTo(2), "where it is asked for");
    }
}
