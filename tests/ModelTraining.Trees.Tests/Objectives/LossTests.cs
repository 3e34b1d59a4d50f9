namespace ModelTraining.Tests.Objectives;

public class LossTests
{
    private static IEnumerable<TestCaseData> Losses()
    {
        TestCaseData Case(BoostingObjective loss, double perGradient) => new TestCaseData(loss, perGradient).SetArgDisplayNames(loss.ToString());
        yield return Case(BoostingObjective.SquaredError, 2);
        yield return Case(BoostingObjective.AbsoluteError, 2);
        yield return Case(BoostingObjective.Huber(0.8), 1);
        yield return Case(BoostingObjective.Quantile(0.2), 1);
        yield return Case(BoostingObjective.Poisson, 2);
        yield return Case(BoostingObjective.Tweedie(1.2), 2);
        yield return Case(BoostingObjective.Tweedie(), 2);
    }

    [TestCaseSource(nameof(Losses))]
    public void Differentiate_gives_the_slopes_of_the_loss(BoostingObjective loss, double perGradient)
    {
        var random = new SeededRandom(3);
        const double Step = 1e-5;
        for (var i = 0; i < 200; i++)
        {
            var (score, target) = (random.NextNormal(), i % 5 == 0 ? 0 : 3 * random.NextDouble());
            if (Math.Abs(score - target) < 0.01 || Math.Abs(Math.Abs(score - target) - 0.8) < 0.01) continue; // where slopes jump
            var (gradient, hessian) = loss.Differentiate(score, target);
            Assert.That(perGradient * gradient, Is.EqualTo((loss.Loss(score + Step, target) - loss.Loss(score - Step, target)) / (2 * Step)).Within(1e-6));
            if (loss.ConstantHessian) Assert.That(hessian, Is.EqualTo(1));
            else Assert.That(hessian, Is.EqualTo((loss.Differentiate(score + Step, target).Gradient - loss.Differentiate(score - Step, target).Gradient) / (2 * Step)).Within(1e-6));
        }
    }

    [TestCaseSource(nameof(Losses))]
    public void InitialScore_is_the_best_constant(BoostingObjective loss, double perGradient)
    {
        var random = new SeededRandom((ulong)perGradient);
        var targets = Enumerable.Range(0, 501).Select(_ => (float)(3 * random.NextDouble())).ToArray();
        var weights = targets.Select(_ => 0.1f + (float)random.NextDouble()).ToArray();
        double Total(double score) => targets.Zip(weights).Sum(row => row.Second * loss.Loss(score, row.First));
        var best = loss.InitialScore(targets, weights);
        // Huber's is one step from the median to it.
        var near = loss.Metric == "huber" ? 0.05 : 1e-4;
        Assert.That(Total(best), Is.LessThanOrEqualTo(Total(best - near)).And.LessThanOrEqualTo(Total(best + near)));
    }

    [TestCaseSource(nameof(Losses))]
    public void Loss_of_the_target_itself_is_none(BoostingObjective loss, double perGradient)
    {
        var score = loss.Predict(1) == 1 ? 1.7 : Math.Log(1.7);
        Assert.That(loss.Loss(score, loss.Predict(score)), Is.EqualTo(0).Within(1e-12));
        Assert.That(loss.Loss(score + 0.5, loss.Predict(score)), Is.GreaterThan(0.01 / perGradient));
    }

    [Test]
    public void Accepts_says_which_targets_have_a_logarithm_or_are_zero()
    {
        Assert.That(BoostingObjective.Poisson.Accepts(0) && BoostingObjective.Tweedie().Accepts(0.5) && BoostingObjective.AbsoluteError.Accepts(-1));
        Assert.That(BoostingObjective.Poisson.Accepts(-1e-3) || BoostingObjective.Tweedie().Accepts(-1), Is.False);
    }

    [Test]
    public void Quantiles_are_those_of_sorted_rows([Values] bool weighted, [Values(0.1, 0.25, 0.5, 0.9)] double share)
    {
        var random = new SeededRandom(5);
        for (var count = 1; count < 60; count++)
        {
            var values = Enumerable.Range(0, count).Select(_ => (float)random.Next(20)).ToArray();
            var weights = values.Select(_ => weighted ? 1f + random.Next(3) : 1).ToArray();
            // Every row as often as it weighs.
            var rows = values.Zip(weights).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second)).Order().ToArray();
            var at = share * rows.Length;
            var expected = at == Math.Floor(at) ? (rows[(int)at - 1] + (double)rows[(int)at]) / 2 : rows[(int)at];
            Assert.That(WeightedQuantile.Of(values, weighted ? weights : [], share), Is.EqualTo(expected), $"{count} values");
        }
    }

    [Test]
    public void Loss_objective_sums_what_rows_say()
    {
        const int Rows = 8192 + 21;
        var random = new SeededRandom(9);
        var target = Enumerable.Range(0, Rows).Select(_ => (float)(5 * random.NextDouble())).ToArray();
        var weights = target.Select(_ => (float)random.NextDouble() + 0.01f).ToArray();
        using var team = new WorkerTeam(2);
        var part = new RowPart(Sample.Regression([new float[Rows]], target).Data(weights: weights), Enumerable.Range(0, Rows).ToArray());
        var objective = Objective.For(part, PinnedArray.ForRows<float>(Rows), team, null, BoostingObjective.Poisson);
        for (var row = 0; row < Rows; row++) objective.Scores(0)[row] = (float)random.NextNormal();
        var (loss, gradients, hessians, most) = (0.0, 0.0, 0.0, 0.0);
        var evaluated = objective.Evaluate();
        for (var row = 0; row < Rows; row++)
        {
            double score = objective.BaseScores[0] + (double)objective.Scores(0)[row];
            var (gradient, hessian) = BoostingObjective.Poisson.Differentiate(score, target[row]);
            Assert.That(objective.Gradients[row], Is.EqualTo(gradient).Within(1e-5).Percent);
            Assert.That(objective.Hessians![row], Is.EqualTo(hessian).Within(1e-5).Percent);
            loss += weights[row] * BoostingObjective.Poisson.Loss(score, target[row]);
            gradients += weights[row] * Math.Abs(gradient);
            hessians += weights[row] * hessian;
            most = Math.Max(most, weights[row] * hessian);
        }

        var totals = objective.Differentiate(0);
        Assert.That(evaluated, Is.EqualTo(loss / part.TotalWeight).Within(1e-6).Percent);
        Assert.That(totals.AbsoluteGradients, Is.EqualTo(gradients).Within(1e-6).Percent);
        Assert.That(totals.Hessians, Is.EqualTo(hessians).Within(1e-6).Percent);
        Assert.That(totals.MostHessian, Is.EqualTo(most).Within(1e-5).Percent);
    }
}
