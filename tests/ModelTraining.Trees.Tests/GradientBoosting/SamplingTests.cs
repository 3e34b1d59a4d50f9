namespace ModelTraining.Tests.GradientBoosting;

public class SamplingTests
{
    [Test]
    public void RowFraction_keeps_the_scores_of_all_rows()
    {
        // The curve is of all rows, so it says whether rows that were not drawn got their trees, too.
        var sample = Sample.Mixed(3000, LearningTask.MulticlassClassification);
        var model = sample.Train(o => o with { Trees = 15, RowFraction = 0.4 });
        Assert.That(model.History!.Training[^1], Is.EqualTo(Score.LogLoss(sample, sample.Predict(model), sample.AllRows)).Within(1e-5));
        Assert.That(model.History.Training[^1], Is.LessThan(0.75 * model.History.Training[0]));
    }

    [Test]
    public void ColumnFraction_draws_features_for_each_tree()
    {
        var sample = Sample.Mixed(2000, LearningTask.Regression);
        var model = sample.Train(o => o with { Trees = 40, ColumnFraction = 0.34 });
        Assert.That(model.Trees.Select(tree => tree.Features.Distinct().Count()), Is.All.LessThanOrEqualTo(2));
        Assert.That(model.Importances.Select(importance => importance.Splits), Is.All.GreaterThan(0));
        Assert.That(sample.Train(o => o with { Trees = 40, ColumnFraction = 0.01 }).Trees.Select(tree => tree.Features.Distinct().Count()), Is.All.EqualTo(1));
    }
}
