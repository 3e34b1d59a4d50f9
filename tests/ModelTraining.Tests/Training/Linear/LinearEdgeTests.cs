namespace ModelTraining.Tests;

internal sealed class LinearEdgeTests
{
    private static readonly ITrainer[] OfNumbers = [Linear.Ridge(), Linear.Lasso(o => o with { Alpha = 0.01 }), Linear.ElasticNet(o => o with { Alpha = 0.01 })];

    [Test]
    public void Ridge_without_penalty_of_collinear_columns_leaves_the_last_out_and_says_so()
    {
        var random = new SeededRandom(1);
        var a = Enumerable.Range(0, 400).Select(_ => (float)random.NextNormal()).ToArray();
        var b = Enumerable.Range(0, 400).Select(_ => (float)random.NextNormal()).ToArray();
        var fit = new Fit([a, b, [.. a.Zip(b, (x, y) => (3 * x) - y)]], [.. a.Zip(b, (x, y) => (float)((2 * x) + y + (0.1 * random.NextNormal())))]);
        var model = fit.Train<LinearModel>(Linear.Ridge(o => o with { Alpha = 0 }));
        Assert.Multiple(() =>
        {
            Assert.That(model.Coefficients.Select(coefficient => coefficient.Value), Is.EqualTo(new[] { 2.0, 1, 0 }).Within(0.03));
            Assert.That(model.Coefficients[2].StandardError, Is.Null);
            Assert.That(model.Coefficients[0].StandardError, Is.EqualTo(0.1 / Math.Sqrt(400)).Within(10).Percent);
            Assert.That(fit.Warnings.Single(), Does.Contain("'x2'"));
        });
    }

    [Test]
    public void Train_constant_column_has_coefficient_0([ValueSource(nameof(OfNumbers))] ITrainer trainer)
    {
        var random = new SeededRandom(1);
        var a = Enumerable.Range(0, 100).Select(_ => (float)random.NextNormal()).ToArray();
        var fit = new Fit([[.. Enumerable.Repeat(0.1f, 100)], a], [.. a.Select(x => 5 + (2 * x))]);
        var model = fit.Train<LinearModel>(trainer);
        Assert.Multiple(() =>
        {
            Assert.That(model.Coefficients[0].Value, Is.Zero);
            Assert.That(model.Coefficients[1].Value, Is.EqualTo(2).Within(0.05));
            Assert.That(model.Intercepts.Single().Value, Is.EqualTo(5).Within(0.05));
            Assert.That(model.Importances[0], Is.EqualTo(new FeatureImportance("x1", 1, 0)));
            Assert.That(fit.Warnings, Is.Empty);
        });
    }

    [Test]
    public void Logistic_constant_column_has_coefficient_0()
    {
        var fit = Fit.Random(200, 1, 2);
        var model = new Fit([[.. Enumerable.Repeat(7f, 200)], fit.Features.Column(0).ToArray()], fit.Target.Values.ToArray(), 2).Train<LinearModel>(Linear.Logistic(o => o with { Alpha = 0 }));
        Assert.That(model.Coefficients[0].Value, Is.EqualTo(0).Within(1e-12));
        Assert.That(model.Coefficients[0].StandardError, Is.Null);
        Assert.That(model.Coefficients[1].StandardError, Is.GreaterThan(0));
    }

    [Test]
    public void Logistic_classes_that_can_be_told_apart_are_finite()
    {
        var x = Enumerable.Range(0, 50).Select(i => (float)i).ToArray();
        var fit = new Fit([x], [.. x.Select(value => value < 25 ? 0f : 1f)], 2);
        var model = fit.Train<LinearModel>(Linear.Logistic());
        var outputs = fit.Predict(model);
        Assert.That(model.Coefficients.Single().Value, Is.InRange(0.3, 10));
        Assert.That(Enumerable.Range(0, 50).All(row => outputs[(2 * row) + 1] > 0.5 == row >= 25));
        Assert.That(fit.Warnings, Is.Empty);
    }

    [Test]
    public void Logistic_of_features_far_from_0_and_of_any_scale_converges()
    {
        var fit = Fit.Random(500, 3, 2);
        float[][] moved = [[.. fit.Features.Column(0).ToArray().Select(x => 10_000 + x)], [.. fit.Features.Column(1).ToArray().Select(x => x * 1000)], fit.Features.Column(2).ToArray()];
        var far = new Fit(moved, fit.Target.Values.ToArray(), 2);
        var (model, expected) = (far.Train<LinearModel>(Linear.Logistic(o => o with { Alpha = 0 })), fit.Train<LinearModel>(Linear.Logistic(o => o with { Alpha = 0 })));
        Assert.That(model.History!.Training, Has.Count.LessThan(60));
        Assert.That(model.Coefficients[1].Value * 1000, Is.EqualTo(expected.Coefficients[1].Value).Within(1e-4));
        Assert.That(model.Coefficients[1].StandardError * 1000, Is.EqualTo(expected.Coefficients[1].StandardError).Within(1e-3));
    }

    [Test]
    public void Lasso_with_too_strong_a_penalty_says_from_where_on()
    {
        var fit = Fit.Random(200, 3, 0);
        var model = fit.Train<LinearModel>(Linear.Lasso(o => o with { Alpha = 100 }));
        Assert.That(model.Coefficients.Select(coefficient => coefficient.Value), Is.All.Zero);
        var least = double.Parse(fit.Warnings.Single().Split("Alpha of ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(new Func<double, bool>(share => fit.Train<LinearModel>(Linear.Lasso(o => o with { Alpha = least * share })).Coefficients.All(c => c.Value == 0))(0.98), Is.False);
        Assert.That(fit.Train<LinearModel>(Linear.Lasso(o => o with { Alpha = least * 1.02 })).Coefficients.All(c => c.Value == 0));
    }

    [Test]
    public void Ridge_of_as_many_coefficients_as_rows_has_no_standard_errors()
    {
        var model = Fit.Random(4, 3, 0).Train<LinearModel>(Linear.Ridge(o => o with { Alpha = 0 }));
        Assert.That(model.Coefficients.Select(coefficient => coefficient.StandardError), Is.All.Null);
    }

    [Test]
    public void Train_any_number_of_threads_gives_the_same_bits([Values(0, 2, 4)] int classes)
    {
        var fit = Fit.Random(3000, 30, classes);
        var trainer = classes == 0 ? Linear.Ridge() : Linear.Logistic();
        var (one, four) = (fit.Train<LinearModel>(trainer, 1), fit.Train<LinearModel>(trainer, 4));
        Assert.That(four.Coefficients, Is.EqualTo(one.Coefficients));
        Assert.That(four.Intercepts, Is.EqualTo(one.Intercepts));
    }

    [Test]
    public void Train_cancelled_after_a_step_keeps_the_model_so_far([Values(0, 2)] int classes)
    {
        var fit = Fit.Random(500, 6, classes);
        var trainer = classes == 0 ? Linear.Lasso(o => o with { Alpha = 0.001, Tolerance = 1e-15 }) : Linear.Logistic(o => o with { Tolerance = 1e-12 });
        using var source = new CancellationTokenSource();
        var seen = new List<TrainingProgress>();
        var model = fit.Train<LinearModel>(trainer, 2, new Told(progress =>
        {
            seen.Add(progress);
            if (progress.Completed == 3) source.Cancel();
        }), source.Token);
        Assert.That(model.Status, Is.EqualTo(RunStatus.Cancelled));
        Assert.That(model.History!.Training, Has.Count.EqualTo(3).And.Ordered.Descending);
        Assert.That(seen.Select(progress => progress.Completed), Is.EqualTo(new[] { 1, 2, 3, 3 }));
        Assert.That(() => fit.Train<LinearModel>(trainer, cancellationToken: new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Train_that_does_not_converge_warns([Values(0, 2)] int classes)
    {
        var fit = Fit.Random(500, 6, classes);
        fit.Train<LinearModel>(classes == 0 ? Linear.Lasso(o => o with { Alpha = 0.001, Tolerance = 1e-15, MaxIterations = 2 }) : Linear.Logistic(o => o with { MaxIterations = 2 }));
        Assert.That(fit.Warnings.Single(), Does.Contain("did not converge in 2 iterations"));
    }
}
