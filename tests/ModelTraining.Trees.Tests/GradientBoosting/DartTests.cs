namespace ModelTraining.Tests.GradientBoosting;

public class DartTests
{
    private static readonly LearningTask[] Tasks = [LearningTask.Regression, LearningTask.BinaryClassification, LearningTask.MulticlassClassification];

    [Test]
    public void Model_of_the_best_round_has_the_weights_of_that_round([ValueSource(nameof(Tasks))] LearningTask task, [Values] DartNormalization normalization)
    {
        var sample = Sample.Mixed(600, task);
        var model = sample.Train(o => o with { Trees = 80, Patience = 12, LearningRate = 0.4, RowFraction = 0.8, Dart = new DartOptions { DropRate = 0.3, SkipDrop = 0.2, Normalization = normalization } }, sample.TrainingRows, sample.TestRows);
        var history = model.History!;
        Assert.That(history.Validation[history.BestStep - 1], Is.EqualTo(history.Validation.Min()));
        Assert.That(history.BestStep, Is.LessThan(history.Validation.Count), "rounds came after the best, and changed weights");
        double Loss(int[] rows) => task == LearningTask.Regression ? Score.Rmse(sample, sample.Predict(model, rows), rows) : Score.LogLoss(sample, sample.Predict(model, rows), rows);
        Assert.That(Loss(sample.TestRows), Is.EqualTo(history.Validation[history.BestStep - 1]).Within(1e-5));
        Assert.That(Loss(sample.TrainingRows), Is.EqualTo(history.Training[history.BestStep - 1]).Within(1e-5));
    }

    [Test]
    public void Weights_are_shared_as_the_normalization_says([Values] DartNormalization normalization)
    {
        // One split that every tree makes again, and all earlier rounds always left out.
        const double Rate = 0.5;
        var column = Enumerable.Range(0, 200).Select(row => (float)(row % 2)).ToArray();
        var sample = Sample.Regression([column], [.. column.Select(value => 10 * value)]);
        var model = sample.Train(o => o with { Trees = 3, LearningRate = Rate, L2 = 0, Dart = new DartOptions { DropRate = 1, SkipDrop = 0, Normalization = normalization } });
        // Each tree is grown on the mean alone, so that its right leaf is 5 times the rate.
        double[] expected = normalization == DartNormalization.Tree
            ? [1 / (1 + Rate) * (2 / (2 + Rate)), 1 / (1 + Rate) * (2 / (2 + Rate)), 1 / (2 + Rate)]
            : [1 / (1 + Rate) / (1 + Rate), 1 / (1 + Rate) / (1 + Rate), 1 / (1 + Rate)];
        Assert.That(model.Trees.Select(tree => tree.Leaves.Max()), Is.EqualTo(expected.Select(weight => 5 * Rate * weight)).Within(1e-5));
        Assert.That(sample.Predict(model, [1])[0], Is.EqualTo(5 + (5 * Rate * expected.Sum())).Within(1e-4));
        Assert.That(model.History!.Training[^1], Is.EqualTo(5 - (5 * Rate * expected.Sum())).Within(1e-4));
    }

    [Test]
    public void Rounds_that_leave_none_out_are_plain_boosting()
    {
        var sample = Sample.Mixed(2000, LearningTask.BinaryClassification);
        var dart = new DartOptions { SkipDrop = 1 - 1e-12 };
        Assert.That(sample.Predict(sample.Train(o => o with { Trees = 20, Dart = dart })), Is.EqualTo(sample.Predict(sample.Train(o => o with { Trees = 20 }))));
        Assert.That(sample.Predict(sample.Train(o => o with { Trees = 20, Dart = new DartOptions() })), Is.Not.EqualTo(sample.Predict(sample.Train(o => o with { Trees = 20 }))));
    }

    [Test]
    public void Rounds_are_drawn_by_the_drop_rate()
    {
        var dropout = new Dropout(new DartOptions { DropRate = 0.3, SkipDrop = 0.25 }, 0.1, new SeededRandom(1));
        var drawn = Enumerable.Range(0, 2000).Select(_ => dropout.Draw(50)).ToArray();
        Assert.That(drawn.Count(rounds => rounds.Length == 0), Is.EqualTo(500).Within(60));
        Assert.That(drawn.Where(rounds => rounds.Length > 0).Average(rounds => rounds.Length), Is.EqualTo(15).Within(0.5));
        var single = new Dropout(new DartOptions { DropRate = 1e-9, SkipDrop = 0 }, 0.1, new SeededRandom(1));
        Assert.That(Enumerable.Range(0, 100).Select(_ => single.Draw(5).Single()).Distinct().Count(), Is.EqualTo(5), "one is always left out, and any");
        Assert.That(single.Draw(0), Is.Empty);
    }

    [Test]
    public void Model_is_the_same_on_any_number_of_threads([ValueSource(nameof(Tasks))] LearningTask task)
    {
        var sample = Sample.Mixed(20_000, task);
        GradientBoostingOptions Options(GradientBoostingOptions o) => o with { Trees = 6, Dart = new DartOptions { DropRate = 0.5, SkipDrop = 0 } };
        var one = sample.Predict(sample.Train(Options));
        foreach (var threads in new[] { 2, 5 }) Assert.That(sample.Predict(sample.Train(Options, threads: threads)), Is.EqualTo(one));
    }

    // XGBoost's dart booster, three seeds: 46,457 to 47,217 by tree, 46,242 to 47,325 by forest, without the text column; without dropout 47,294.
    [TestCase(DartNormalization.Tree, 46_800)]
    [TestCase(DartNormalization.Forest, 46_800)]
    public void House_prices_are_predicted(DartNormalization normalization, double bound)
    {
        var sample = RealData.Numbers("tabular/california-housing.csv", "median_house_value");
        var model = sample.Train(o => o with { Trees = 60, LearningRate = 0.3, Dart = new DartOptions { Normalization = normalization } }, sample.TrainingRows, threads: 2);
        Assert.That(Score.Rmse(sample, sample.Predict(model, sample.TestRows), sample.TestRows), Is.LessThan(bound));
    }

    [Test]
    public void Options_are_checked()
    {
        string[] Said(DartOptions dart) => [.. Trees.GradientBoosting(o => o with { Dart = dart }).Validate().Select(problem => $"{problem.Id}: {problem.Message}")];
        Assert.That(Said(new DartOptions { DropRate = 0 }), Is.EqualTo(new[] { "MT1424: The 'Dart.DropRate' option of Trees.GradientBoosting must be in (0, 1]. Got 0." }));
        Assert.That(Said(new DartOptions { SkipDrop = 1 }), Is.EqualTo(new[] { "MT1425: The 'Dart.SkipDrop' option of Trees.GradientBoosting must be in [0, 1). Got 1. To leave none out ever, leave out Dart." }));
        Assert.That(Said(new DartOptions()), Is.Empty);
    }
}
