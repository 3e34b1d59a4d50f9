namespace ModelTraining.Tests;

public class MetricsTests
{
    [Test]
    public void All_keys_and_names_are_unique_within_a_task()
    {
        foreach (var task in Enum.GetValues<LearningTask>())
        {
            Assert.That(Metrics.For(task).Select(metric => metric.Key), Is.Unique);
            Assert.That(Metrics.For(task).Select(metric => metric.Name), Is.Unique);
        }
    }

    [Test]
    public void All_names_are_those_of_the_properties()
    {
        var properties = typeof(Metrics).GetProperties().Where(property => property.PropertyType == typeof(IMetric)).ToDictionary(property => property.Name, property => property.GetValue(null));
        Assert.That(Metrics.All.Append(Metrics.FalsePositiveRate).ToDictionary(metric => metric.Name, object? (metric) => metric), Is.EquivalentTo(properties));
    }

    [TestCase(LearningTask.BinaryClassification, "roc_auc")]
    [TestCase(LearningTask.MulticlassClassification, "balanced_accuracy")]
    [TestCase(LearningTask.Regression, "rmse")]
    public void For_task_has_the_metric_to_judge_by_in_front(LearningTask task, string key) => Assert.That(Metrics.For(task)[0].Key, Is.EqualTo(key));

    [Test]
    public void ByKey_known_key_is_the_metric() => Assert.That(Metrics.ByKey("roc_auc"), Is.SameAs(Metrics.AreaUnderRocCurve));

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void PinballLoss_alpha_that_is_no_share_is_an_error(double alpha)
    {
        var error = Assert.Throws<ModelTrainingException>(() => Metrics.PinballLoss(alpha))!;
        Assert.That(error.Id, Is.EqualTo("MT1320"));
        Assert.That(error.Message, Does.Contain("(0, 1)"));
    }

    [Test]
    public void ByKey_unknown_key_names_the_nearest()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Metrics.ByKey("roc_acu"))!;
        Assert.That(error.Id, Is.EqualTo("MT1300"));
        Assert.That(error.Message, Does.Contain("'roc_acu'").And.Contain("'roc_auc'"));
    }
}
