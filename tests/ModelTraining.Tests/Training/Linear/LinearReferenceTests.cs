namespace ModelTraining.Tests;

internal sealed class LinearReferenceTests
{
    [TestCaseSource(typeof(LinearCase), nameof(LinearCase.All))]
    public void Train_stored_case_equals_scikit_learn(LinearCase reference)
    {
        var fit = new Fit(reference.X, reference.Y, reference.Classes, reference.W);
        var model = fit.Train<LinearModel>(reference.Create());
        Assert.Multiple(() =>
        {
            Assert.That(model.Coefficients.Select(coefficient => coefficient.Value), Is.EqualTo(reference.Coefficients).Within(1e-6));
            Assert.That(model.Intercepts.Select(intercept => intercept.Value), Is.EqualTo(reference.Intercepts).Within(2e-6));
            Assert.That(fit.Warnings, Is.Empty);
        });
    }

    [TestCaseSource(typeof(LinearCase), nameof(LinearCase.All))]
    public void StandardError_stored_case_equals_its_formula(LinearCase reference)
    {
        var model = new Fit(reference.X, reference.Y, reference.Classes, reference.W).Train<LinearModel>(reference.Create());
        var errors = model.Coefficients.Select(coefficient => coefficient.StandardError).ToArray();
        // Where there is no intercept make.py computes no errors of logistic regression.
        if (reference.Errors is null)
        {
            Assert.That(errors, reference.Name == "binary through 0" ? Has.None.Null : Has.All.Null);
            return;
        }

        Assert.That(errors, Is.EqualTo(reference.Errors).Within(1e-6).Percent.Or.EqualTo(reference.Errors).Within(1e-6));
        if (reference.InterceptErrors is not null) Assert.That(model.Intercepts.Select(intercept => intercept.StandardError), Is.EqualTo(reference.InterceptErrors).Within(1e-5));
    }
}
