namespace ModelTraining.Tests;

public class EvaluationTests
{
    [Test]
    public void ToString_is_a_table_of_the_main_metrics_with_the_baseline()
    {
        var metrics = Metrics.For(LearningTask.BinaryClassification);
        var evaluation = new Evaluation("income", LearningTask.BinaryClassification, 6513, metrics, [.. metrics.Select(_ => 0.87654321)], [.. metrics.Select(_ => 0.5)]);
        Assert.That(evaluation.ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "income: 6,513 rows   model  baseline",
            "roc_auc             0.8765    0.5000",
            "balanced_accuracy   0.8765    0.5000",
            "average_precision   0.8765    0.5000",
            "log_loss            0.8765    0.5000",
            "brier_score_loss    0.8765    0.5000",
            "accuracy            0.8765    0.5000",
            "matthews_corrcoef   0.8765    0.5000",
            "f1                  0.8765    0.5000",
            "precision           0.8765    0.5000",
            "recall              0.8765    0.5000")));
    }

    [Test]
    public void ToString_large_and_small_numbers_have_the_digits_they_need()
    {
        var evaluation = new Evaluation("price", LearningTask.Regression, 1, Metrics.For(LearningTask.Regression), [47123.456, 1.2e-7, 2, 0.1, double.NaN], [115432.1, 3e-5, 3, 0.2, -0.00003]);
        Assert.That(evaluation.ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "price: 1 row                        model   baseline",
            "rmse                              47123.5   115432.1",
            "mean_absolute_error             1.2000E-7  3.0000E-5",
            "median_absolute_error              2.0000     3.0000",
            "mean_absolute_percentage_error     0.1000     0.2000",
            "r2                                    NaN     0.0000")));
    }

    [Test]
    public void Item_unknown_key_names_the_nearest()
    {
        var evaluation = new Evaluation("y", LearningTask.Regression, 1, Metrics.For(LearningTask.Regression), [1, 2, 0, 0, 3], [4, 5, 0, 0, 6]);
        Assert.That(evaluation["r2"], Is.EqualTo(3));
        var error = Assert.Throws<ModelTrainingException>(() => _ = evaluation["rsme"])!;
        Assert.That(error.Id, Is.EqualTo("MT1300"));
        Assert.That(error.Message, Does.Contain("'rmse'"));
    }
}
