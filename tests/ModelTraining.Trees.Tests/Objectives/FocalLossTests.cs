namespace ModelTraining.Tests.Objectives;

internal sealed class FocalLossTests
{
    private const double Step = 1e-5;

    [Test]
    public void Differentiate_givesTheSlopesOfTheLoss([Values(0, 0.5, 1, 2, 5)] double gamma)
    {
        var loss = BoostingObjective.Focal(gamma);
        var (exact, majorised) = (0, 0);
        for (var score = -12.0; score <= 12; score += 0.05)
        {
            foreach (var target in new[] { 0.0, 1 })
            {
                var (gradient, hessian) = loss.Differentiate(score, target);
                var slope = (loss.Loss(score + Step, target) - loss.Loss(score - Step, target)) / (2 * Step);
                var bend = (loss.Differentiate(score + Step, target).Gradient - loss.Differentiate(score - Step, target).Gradient) / (2 * Step);
                Assert.That(gradient, Is.EqualTo(slope).Within(1e-8), $"score {score}, target {target}");
                Assert.That(hessian, Is.GreaterThanOrEqualTo(bend - 1e-8).And.GreaterThan(0), $"score {score}, target {target}");
                if (Math.Abs(hessian - bend) < 1e-7) exact++;
                else
                {
                    majorised++;
                    Assert.That(target == 1 ? score : -score, Is.LessThan(0.5), "only rows on the wrong side are held above the slope's own");
                }
            }
        }

        Assert.That(majorised, gamma == 0 ? Is.Zero : Is.LessThan(exact));
    }

    [Test]
    public void Loss_isThatOfThePaper([Values(-3.0, 0.2, 4)] double score, [Values(0, 1)] int target)
    {
        var probability = target == 1 ? 1 / (1 + Math.Exp(-score)) : 1 / (1 + Math.Exp(score));
        Assert.That(BoostingObjective.Focal(2).Loss(score, target), Is.EqualTo(-Math.Pow(1 - probability, 2) * Math.Log(probability)).Within(1e-12));
    }

    [Test]
    public void Differentiate_farOut_isFinite([Values(0, 0.5, 2)] double gamma, [Values(-800.0, -40, 40, 800)] double score, [Values(0, 1)] int target)
    {
        var (gradient, hessian) = BoostingObjective.Focal(gamma).Differentiate(score, target);
        Assert.That(double.IsFinite(gradient) && double.IsFinite(hessian) && hessian >= 0);
        if (score > 0 == (target == 1)) Assert.That(gradient, Is.EqualTo(0).Within(1e-8));
        else Assert.That(Math.Abs(gradient), Is.EqualTo(1).Within(1e-8));
    }

    [Test]
    public void InitialScore_isTheBestConstant()
    {
        var loss = BoostingObjective.Focal();
        float[] targets = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1], weights = [1, 1, 1, 1, 2, 1, 1, 1, 1, 3];
        double Total(double score) => targets.Zip(weights).Sum(row => row.Second * loss.Loss(score, row.First));
        var best = loss.InitialScore(targets, weights);
        Assert.That(Total(best), Is.LessThan(Total(best - 1e-3)).And.LessThan(Total(best + 1e-3)));
    }

    /// <summary>The same loss by another way: gamma 0 is log_loss, whose gradients have a code of their own.</summary>
    [Test]
    public void Train_gammaZero_predictsAsLogLossDoes()
    {
        var sample = Sample.Mixed(2000, LearningTask.BinaryClassification);
        var (focal, plain) = (sample.Train(o => o with { Objective = BoostingObjective.Focal(0), Trees = 20 }), sample.Train(o => o with { Trees = 20 }));
        var (a, b) = (sample.Predict(focal), sample.Predict(plain));
        Assert.That(a.Zip(b).Average(pair => Math.Abs(pair.First - pair.Second)), Is.LessThan(0.01));
        Assert.That(a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second)), Is.GreaterThan(0), "gradients are rounded from other sums");
    }

    [Test]
    public void Train_lowersTheFocalLoss_roundForRound()
    {
        var history = Sample.Mixed(2000, LearningTask.BinaryClassification).Train(o => o with { Objective = BoostingObjective.Focal(3), Trees = 40 }).History!;
        Assert.That(history.Metric, Is.EqualTo("focal_loss"));
        Assert.That(history.Training, Is.Ordered.Descending);
        Assert.That(history.Training[^1], Is.LessThan(0.7 * history.Training[0]));
    }

    [TestCase(LearningTask.Regression, "'y' is a number")]
    [TestCase(LearningTask.MulticlassClassification, "'y' has 3 classes")]
    public void Train_forOtherTasks_isAnError(LearningTask task, string what)
    {
        var error = Assert.Throws<ModelTrainingException>(() => Sample.Mixed(100, task).Train(o => o with { Objective = BoostingObjective.Focal() }))!;
        Assert.That(error.Id, Is.EqualTo("MT2420"));
        Assert.That(error.Message, Does.Contain("The objective 'focal 2' is for two classes, and " + what));
    }

    [Test]
    public void Validate_negativeGamma_isAnError()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Sample.Mixed(100, LearningTask.BinaryClassification).Train(o => o with { Objective = BoostingObjective.Focal(-1) }))!;
        Assert.That(error.Id, Is.EqualTo("MT1420"));
        Assert.That(error.Message, Does.Contain("'gamma' of BoostingObjective.Focal must be a finite number of at least 0. Got -1. 2 is usual"));
    }
}
