namespace ModelTraining.Tests.Objectives;

public class ObjectiveTests
{
    // Not a multiple of eight, and more than a block.
    private const int Rows = 8192 + 21;
    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];

    [TestCase(false)]
    [TestCase(true)]
    public void Logistic_gives_loss_and_gradients_of_its_formula(bool weighted)
    {
        var (target, weights, scores) = Inputs(2, weighted, 1);
        using var team = new WorkerTeam(2);
        var objective = Objective.For(new RowPart(Sample.Binary([new float[Rows]], target).Data(weights: weights), All), PinnedArray.ForRows<float>(Rows), team);
        scores[0].CopyTo(objective.Scores(0), 0);
        var (loss, total) = (0.0, 0.0);
        var evaluated = objective.Evaluate();
        for (var row = 0; row < Rows; row++)
        {
            double s = scores[0][row], w = weights?[row] ?? 1, margin = target[row] == 1 ? s : -s;
            loss += w * (Math.Log(1 + Math.Exp(-Math.Abs(margin))) + Math.Max(-margin, 0));
            total += w;
            Assert.That(objective.Gradients[row], Is.EqualTo((1 / (1 + Math.Exp(-s))) - target[row]).Within(1e-6));
        }

        Assert.That(evaluated, Is.EqualTo(loss / total).Within(1e-6).Percent);
        Check(objective, objective.Differentiate(0), weights);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Softmax_gives_loss_and_gradients_of_its_formula(bool weighted)
    {
        const int Classes = 4;
        var (target, weights, scores) = Inputs(Classes, weighted, Classes);
        using var team = new WorkerTeam(2);
        var sample = Sample.Of(Sample.Numeric(1), [new float[Rows]], LearningTask.MulticlassClassification, target, Classes);
        var objective = Objective.For(new RowPart(sample.Data(weights: weights), All), PinnedArray.ForRows<float>(Rows), team);
        for (var i = 0; i < Classes; i++) scores[i].CopyTo(objective.Scores(i), 0);
        var (loss, total) = (0.0, 0.0);
        var evaluated = objective.Evaluate();
        var sums = All.Select(row => scores.Sum(s => Math.Exp(s[row] - scores.Max(other => other[row])))).ToArray();
        for (var row = 0; row < Rows; row++)
        {
            double w = weights?[row] ?? 1;
            loss -= w * (scores[(int)target[row]][row] - scores.Max(s => s[row]) - Math.Log(sums[row]));
            total += w;
        }

        Assert.That(evaluated, Is.EqualTo(loss / total).Within(1e-5).Percent);
        for (var i = 0; i < Classes; i++)
        {
            var totals = objective.Differentiate(i);
            for (var row = 0; row < Rows; row++)
            {
                var probability = Math.Exp(scores[i][row] - scores.Max(s => s[row])) / sums[row];
                Assert.That(objective.Gradients[row], Is.EqualTo(probability - (target[row] == i ? 1 : 0)).Within(1e-5));
            }

            Check(objective, totals, weights);
        }
    }

    [Test]
    public void Squared_error_keeps_the_digits_of_large_targets()
    {
        var target = All.Select(row => 16_777_216f + (2 * (row % 5))).ToArray();
        using var team = new WorkerTeam(1);
        var objective = Objective.For(new RowPart(Sample.Regression([new float[Rows]], target).Data(), All), PinnedArray.ForRows<float>(Rows), team);
        var mean = objective.BaseScores[0];
        Assert.That(mean, Is.EqualTo(target.Average(value => (double)value)).Within(1));
        Assert.That(objective.Evaluate(), Is.EqualTo(Math.Sqrt(target.Average(value => Math.Pow(value - mean, 2)))).Within(1e-9).Percent);
        for (var row = 0; row < Rows; row++) Assert.That(objective.Gradients[row], Is.EqualTo(mean - target[row]));
        Check(objective, objective.Differentiate(0), null);
    }

    [TestCase(LearningTask.BinaryClassification)]
    [TestCase(LearningTask.MulticlassClassification)]
    public void Restore_computes_gradients_whose_memory_others_have_used(LearningTask task)
    {
        var sample = Sample.Mixed(Rows, task);
        var shared = PinnedArray.ForRows<float>(Rows);
        using var team = new WorkerTeam(2);
        var objective = Objective.For(new RowPart(sample.Data(), All), shared, team);
        var random = new SeededRandom(1);
        foreach (ref var score in objective.Scores(0).AsSpan()) score += (float)random.NextNormal();
        objective.Evaluate();
        objective.Differentiate(0);
        var gradients = objective.Gradients[..Rows];
        Array.Fill(shared, float.NaN);
        objective.Restore(0);
        Assert.That(objective.Gradients[..Rows], Is.EqualTo(gradients));
    }

    [Test]
    public void Base_scores_are_the_best_constants()
    {
        var weights = All.Select(row => row % 3 == 0 ? 2f : 1f).ToArray();
        using var team = new WorkerTeam(1);
        float[] Base(Sample sample) => Objective.For(new RowPart(sample.Data(weights: weights), All), PinnedArray.ForRows<float>(Rows), team).BaseScores;
        var target = All.Select(row => (float)(row % 3)).ToArray();
        Assert.That(Base(Sample.Regression([new float[Rows]], target))[0], Is.EqualTo(0.75).Within(1e-3));
        Assert.That(Base(Sample.Binary([new float[Rows]], [.. target.Select(value => value == 0 ? 0f : 1f)]))[0], Is.EqualTo(0).Within(1e-3));
        var softmax = Base(Sample.Of(Sample.Numeric(1), [new float[Rows]], LearningTask.MulticlassClassification, target, 4));
        Assert.That(softmax.Take(3).Select(score => Math.Exp(score)), Is.EqualTo(new[] { 0.5, 0.25, 0.25 }).Within(1e-3));
        Assert.That(softmax[3], Is.Negative.And.GreaterThan(-20), "a class that no row is of");
    }

    private static void Check(Objective objective, GradientTotals totals, float[]? weights)
    {
        var (gradients, hessians) = (new double[Rows], new double[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            var g = Math.Abs(objective.Gradients[row]);
            gradients[row] = g * (weights?[row] ?? 1);
            hessians[row] = (objective.HessianOfGradient ? g * (1 - g) : 1) * (weights?[row] ?? 1);
        }

        Assert.That(totals.AbsoluteGradients, Is.EqualTo(gradients.Sum()).Within(1e-5).Percent);
        Assert.That(totals.Hessians, Is.EqualTo(hessians.Sum()).Within(1e-4).Percent);
        Assert.That(totals.MostGradient, Is.EqualTo(gradients.Max()).Within(1e-5).Percent);
        Assert.That(totals.MostHessian, Is.EqualTo(hessians.Max()).Within(1e-4).Percent);
    }

    private static (float[] Target, float[]? Weights, float[][] Scores) Inputs(int classes, bool weighted, int outputs)
    {
        var random = new SeededRandom(9);
        var target = All.Select(_ => (float)random.Next(classes)).ToArray();
        var weights = weighted ? All.Select(_ => (float)random.NextDouble() + 0.01f).ToArray() : null;
        var scores = Enumerable.Range(0, outputs).Select(_ => All.Select(_ => (float)random.NextNormal() * 3).ToArray()).ToArray();
        // As far as scores can go, either way.
        for (var i = 0; i < outputs; i++) (scores[i][0], scores[i][1], scores[i][2], scores[i][3]) = (i == 0 ? 200 : -200, i == 0 ? -200 : 200, 0, i == 0 ? 1e4f : 0);
        return (target, weights, scores);
    }
}
