namespace ModelTraining.Tests.Calibration;

internal sealed class CalibrationFitTests
{
    [Test]
    public void Platt_equals_scikit_learn()
    {
        double[] scores = [.. CalibrationReference.Floats("scores").Select(score => (double)score)];
        bool[] hits = [.. CalibrationReference.Floats("hits").Select(hit => hit > 0)];

        var (a, b) = PlattFit.Fit(scores, hits, []);

        Assert.That(a, Is.EqualTo(CalibrationReference.Number("a")).Within(1e-4), "scikit-learn stops earlier");
        Assert.That(b, Is.EqualTo(CalibrationReference.Number("b")).Within(1e-4));
    }

    [Test]
    public void Platt_weights_count_rows_and_their_unit_does_not_matter()
    {
        double[] scores = [-2, -1, 0.5, 1, 2, -0.5];
        bool[] hits = [false, false, true, false, true, true];

        var twice = PlattFit.Fit([.. scores, scores[0]], [.. hits, hits[0]], []);
        var weighted = PlattFit.Fit(scores, hits, [200, 100, 100, 100, 100, 100]);

        // Platt's targets know how many rows there are: seven in one case, six in the other.
        Assert.That(weighted.A, Is.EqualTo(twice.A).Within(0.05));
        Assert.That(PlattFit.Fit(scores, hits, [2, 1, 1, 1, 1, 1]).A, Is.EqualTo(weighted.A).Within(1e-9));
    }

    [Test]
    public void Platt_rows_told_apart_without_an_error_stay_finite()
    {
        var (a, b) = PlattFit.Fit([-15, -14, 14, 15], [false, false, true, true], []);
        Assert.That(a, Is.InRange(-1, 0));
        Assert.That(double.IsFinite(b), Is.True);
    }

    [TestCase("plain", false)]
    [TestCase("weights", true)]
    public void Isotonic_equals_scikit_learn(string name, bool weighted)
    {
        double[] hits = [.. CalibrationReference.Floats("hits").Select(hit => (double)hit)];

        var curve = IsotonicCurve.Fit(CalibrationReference.Floats("probabilities"), hits, weighted ? CalibrationReference.Floats("weights") : []);

        Assert.That(CalibrationReference.Floats("at").Select(curve.At), Is.EqualTo(CalibrationReference.Isotonic(name)).Within(1e-6));
    }

    [Test]
    public void Isotonic_one_value_or_none_is_level_or_as_it_was()
    {
        Assert.That(IsotonicCurve.Fit([0.3f, 0.3f], [0, 1], []).At(0.9f), Is.EqualTo(0.5));
        Assert.That(IsotonicCurve.Fit([0.3f], [1], [0]).At(0.25f), Is.EqualTo(0.25));
        Assert.That(IsotonicCurve.Fit([0.3f, 0.6f], [0, 1], []).At(float.NaN), Is.NaN);
    }

    [Test]
    public void Temperature_is_that_of_least_loss()
    {
        float[] outputs = CalibrationReference.Floats("outputs"), truth = CalibrationReference.Floats("truth");

        var map = TemperatureMap.Fit(new EvaluatedRows(truth, outputs, [], 4));

        var stated = double.Parse(map.Description.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(stated, Is.EqualTo(CalibrationReference.Number("temperature")).Within(1e-3));
        Assert.That(stated, Is.InRange(2, 3), "the logits were multiplied by 2.5");
    }
}
