using ModelTraining.Tests.Pipelines;
using ModelTraining.Tests.Reporting;

namespace ModelTraining.Tests.Tuning;

internal sealed class TuneObjectiveTests
{
    private static Func<SearchSpace, Func<Trial, ITrainer>> Small { get; } = space =>
    {
        var trees = space.Int("trees", 1, 40, log: true);
        var leaves = space.Int("leaves", 2, 31);
        return trial => Trees.GradientBoosting(o => o with { Trees = trial.Get(trees), Leaves = trial.Get(leaves) });
    };

    private static Func<TuneOptions, TuneOptions> ScoreAndSize { get; } = o => o with { Trials = 9, Objectives = [TuneObjective.Of(Metrics.AreaUnderRocCurve), TuneObjective.ModelSize] };

    [Test]
    public async Task Tune_severalObjectives_goesOnWithTheBestOfTheFirstOnTheFront()
    {
        var run = await Given.ShopPipeline().Tune(Small, ScoreAndSize).Evaluate().RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Objectives.Select(objective => objective.Key), Is.EqualTo(new[] { "roc_auc", "model_size_bytes" }));
        Assert.That(report.Trials.Select(trial => trial.Values.Count), Is.All.EqualTo(2));
        Assert.That(report.ParetoFront, Has.Count.GreaterThan(1), "smaller models are worse");
        foreach (var one in report.ParetoFront)
        {
            Assert.That(report.Trials.Any(other => other.Values[0] >= one.Values[0] && other.Values[1] < one.Values[1]), Is.False, $"trial {one.Number}");
        }

        Assert.That(report.Best.Value, Is.EqualTo(report.Trials.Max(trial => trial.Value)));
        Assert.That(report.ParetoFront, Does.Contain(report.Best));
        Assert.That(report.Choice, Is.EqualTo($"Trial {report.Best.Number}: of the front's {report.ParetoFront.Count} trials, that with the best roc_auc."));
        Assert.That(report.ToString(), Does.Contain("validation roc_auc, model_size_bytes").And.Contain(report.Choice));
    }

    [Test]
    public async Task Tune_whereAFunctionChooses_goesOnWithThatTrialOfTheFront()
    {
        IReadOnlyList<TrialRecord> shown = [];
        var run = await Given.ShopPipeline().Tune(Small, o => ScoreAndSize(o) with
        {
            Choose = front =>
            {
                shown = front;
                return front.MinBy(trial => trial.Values[1])!;
            },
        }).Evaluate().RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(shown.Select(trial => trial.Number), Is.EqualTo(report.ParetoFront.Select(trial => trial.Number)));
        Assert.That(report.Best.Values[1], Is.EqualTo(report.Trials.Min(trial => trial.Values[1])));
        Assert.That(report.Choice, Does.Contain("'Choose' chose"));
        Assert.That(run.ToBytes(), Has.Length.EqualTo(report.Best.Values[1]).Within(0.1 * report.Best.Values[1]), "the file has the metrics too");
        Assert.That(run.Warnings, Has.None.Contain("trained again"), "the chosen trial has its score again");
    }

    [Test]
    public void Tune_whereTheFunctionChoosesNothingOfTheFront_isAnError()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline(200).Tune(Small, o => o with { Trials = 3, Choose = _ => null! }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT2604"));
        Assert.That(thrown.Message, Does.Contain("gave nothing").And.Contain("Tune, TuneObjectiveTests.cs:").And.Contain("Give one of those"));
    }

    [Test]
    public async Task Tune_withAConstraint_goesOnWithTheBestThatKeepsIt()
    {
        var free = (await Given.ShopPipeline().Tune(Small, ScoreAndSize).RunAsync()).Report<TuneReport>()!;
        var limit = free.Trials.Select(trial => trial.Values[1]).Order().ElementAt(4);
        Assume.That(free.Best.Values[1], Is.GreaterThan(limit));

        var run = await Given.ShopPipeline().Tune(Small, o => o with { Trials = 9, Constraints = [TuneObjective.ModelSize.AtMost(limit)] }).RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Best.IsFeasible);
        Assert.That(report.Best.Value, Is.EqualTo(report.Trials.Where(trial => trial.IsFeasible).Max(trial => trial.Value)));
        Assert.That(report.Trials.Any(trial => trial.Value > report.Best.Value && trial.Constraints[0] > 0), "a better one is too large");
        Assert.That(report.Choice, Does.Contain($"keep model_size_bytes ≤ {limit}"));
        Assert.That(report.Leaderboard[0], Is.EqualTo(report.Best));
    }

    [Test]
    public async Task Tune_constrainedByAMetric_keepsIt()
    {
        var run = await Given.ShopPipeline().Tune(Small, o => o with { Trials = 6, Constraints = [TuneObjective.Of(Metrics.FalsePositiveRate).AtMost(0.25), TuneObjective.Of(Metrics.PositiveRecall).AtLeast(0.5)] }).RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Best.Constraints, Has.Count.EqualTo(2).And.All.AtMost(0));
        Assert.That(report.Constraints.Select(constraint => constraint.ToString()), Is.EqualTo(new[] { "false_positive_rate ≤ 0.25", "recall ≥ 0.5" }));
    }

    [Test]
    public void Tune_whereNoTrialKeepsTheConstraints_saysHowCloseTheyCame()
    {
        var thrown = Assert.ThrowsAsync<ModelTrainingException>(() => Given.ShopPipeline(200).Tune(Small, o => o with { Trials = 3, Constraints = [TuneObjective.ModelSize.AtMost(100), TuneObjective.Of(Metrics.Accuracy).AtLeast(0)] }).RunAsync())!;

        Assert.That(thrown.Id, Is.EqualTo("MT2605"));
        Assert.That(thrown.Message, Does.Contain("None of 3 complete trials").And.Contain("model_size_bytes ≤ 100 is kept by 0, the closest to it has ").And.Contain("accuracy ≥ 0 is kept by 3").And.Contain("Tune, TuneObjectiveTests.cs:"));
    }

    [Test]
    public async Task Tune_byTrainingTime_countsWhatTrainingTakes()
    {
        var clock = new ManualClock();
        var run = await Given.ShopPipeline(200).Tune(
            space =>
            {
                var minutes = space.Int("minutes", 1, 30).StartAt(20);
                return trial => new SlowTrainer(Given.SmallTrees, () => clock.Advance(TimeSpan.FromMinutes(trial.Get(minutes))));
            },
            o => o with { Trials = 4, Objectives = [TuneObjective.TrainingTime] }).WithTime(clock).RunAsync();
        var report = run.Report<TuneReport>()!;

        Assert.That(report.Trials.Select(trial => trial.Value), Is.EqualTo(report.Trials.Select(trial => 60 * trial.Parameters["minutes"])));
        Assert.That(report.Best.Value, Is.EqualTo(report.Trials.Min(trial => trial.Value)).And.LessThan(1200));
    }

    [Test]
    public async Task Tune_byLatency_timesSingleRowsByTheRunsClock()
    {
        var run = await Given.ShopPipeline(200).Tune(Small, o => o with { Trials = 2, Objectives = [TuneObjective.Of(Metrics.LogLoss), TuneObjective.PredictionLatency] }).WithTime(new SteppingTime()).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Trials.Select(trial => trial.Values[1]), Is.All.EqualTo(1000), "a second passes between two looks at the clock");
    }

    [Test]
    public async Task Tune_byLatency_isSomethingOnTheSystemsClock()
    {
        var run = await Given.ShopPipeline(200).Tune(Small, o => o with { Trials = 1, Constraints = [TuneObjective.PredictionLatency.AtMost(10_000)] }).RunAsync();

        Assert.That(run.Report<TuneReport>()!.Best.Constraints[0], Is.InRange(-9_999.9999, -5_000), "milliseconds, not seconds or ticks");
    }

    [Test]
    public async Task ToHtml_severalObjectivesAndConstraints_showsFrontChoiceAndWhatIsKept()
    {
        var run = await Given.ShopPipeline(300).Tune(Small, o => ScoreAndSize(o) with { Trials = 12, Constraints = [TuneObjective.ModelSize.AtMost(20_000)] }).Evaluate().RunAsync();
        var html = run.ToHtml();
        var report = run.Report<TuneReport>()!;

        Assert.That(html, Does.Contain("Pareto&#39;s front: roc_auc and model_size_bytes").And.Contain("model_size_bytes ≤ 20000"));
        SvgNumbers.Check(html);
        Assert.That(html, Does.Contain($"trial {report.Best.Number}: of the front").And.Contain($"{report.Trials.Count(trial => trial.IsFeasible)} of 12"));
    }

    /// <summary>A trainer that takes its time.</summary>
    private sealed class SlowTrainer(ITrainer inner, Action wait) : ITrainer
    {
        public string Name => inner.Name;

        public TrainerNeeds Needs => inner.Needs;

        public IEnumerable<Problem> Validate() => inner.Validate();

        public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
        {
            wait();
            return inner.TrainAsync(data, context, cancellationToken);
        }
    }
}
