namespace ModelTraining.Tests.Reporting;

internal sealed class CalibrationTests
{
    /// <summary>scikit-learn 1.2.1, calibration_curve(y, p, n_bins=10, strategy="uniform").</summary>
    [Test]
    public void Bins_twoClasses_areThoseOfScikitLearn()
    {
        float[] probabilities = [0.02f, 0.07f, 0.13f, 0.31f, 0.35f, 0.38f, 0.62f, 0.66f, 0.91f, 1];
        float[] truth = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1];

        var bins = Sums(2, truth, [.. probabilities.SelectMany(p => new[] { 1 - p, p })]).Bins();

        Assert.Multiple(() =>
        {
            Assert.That(bins.Select(bin => bin.Observed), Is.EqualTo(new[] { 0, 1, 1 / 3.0, 0.5, 1 }).Within(1e-12));
            Assert.That(bins.Select(bin => bin.Predicted), Is.EqualTo(new[] { 0.045, 0.13, 0.346667, 0.64, 0.955 }).Within(1e-6));
            Assert.That(bins.Select(bin => bin.Weight), Is.EqualTo(new[] { 2.0, 1, 3, 2, 2 }));
            Assert.That(bins.Select(bin => bin.EffectiveRows), Is.EqualTo(new[] { 2.0, 1, 3, 2, 2 }));
        });
    }

    [Test]
    public void Bins_moreClasses_areOfThePredictedClass()
    {
        var bins = Sums(3, [0, 1, 2], [0.8f, 0.1f, 0.1f, 0.5f, 0.3f, 0.2f, 0.1f, 0.05f, 0.85f]).Bins();

        Assert.That(bins.Select(bin => (Math.Round(bin.Predicted, 4), bin.Observed)), Is.EqualTo(new[] { (0.5, 0.0), (0.825, 1.0) }));
    }

    [Test]
    public void Bins_weights_countAsManyRows()
    {
        var sums = CalibrationSums.Start(2);
        sums.Update(new PredictionBatch([1, 0, 1], [0.9f, 0.1f, 0.9f, 0.1f, 0.5f, 0.5f], [3, 1, 0]));

        var bin = sums.Bins().Single();

        Assert.Multiple(() =>
        {
            Assert.That(bin.Observed, Is.EqualTo(0.75));
            Assert.That(bin.Weight, Is.EqualTo(4));
            Assert.That(bin.EffectiveRows, Is.EqualTo(16.0 / 10));
        });
    }

    [Test]
    public void Bins_probabilitiesThatAreNone_areLeftOut() =>
        Assert.That(Sums(2, [1, 1], [float.NaN, float.NaN, 0.4f, 0.6f]).Bins().Single().Weight, Is.EqualTo(1));

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(5000)]
    public void Sample_anyBatchSize_keepsTheSameRowsEvenlySpread(int batch)
    {
        var sample = new PredictionSample(5000);
        for (var start = 0; start < 5000; start += batch)
        {
            float[] rows = [.. Enumerable.Range(start, Math.Min(batch, 5000 - start)).Select(row => (float)row)];
            sample.Add(rows, rows);
        }

        Assert.That(sample.Values.Select(row => row.Actual), Is.EqualTo(Enumerable.Range(0, 1000).Select(i => 5f * i)));
    }

    [Test]
    public void Sample_fewRows_keepsAll()
    {
        var sample = new PredictionSample(3);
        sample.Add([1, 2], [3, 4]);
        sample.Add([5], [6]);
        Assert.That(sample.Values, Is.EqualTo(new PredictedValue[] { new(1, 3), new(2, 4), new(5, 6) }));
    }

    private static CalibrationSums Sums(int classes, float[] truth, float[] outputs)
    {
        var sums = CalibrationSums.Start(classes);
        sums.Update(new PredictionBatch(truth, outputs));
        return sums;
    }
}
