namespace ModelTraining.Tests.Balancing;

internal sealed class ClassWeightsTests
{
    /// <summary>What scikit-learn 1.2.1 gives: compute_class_weight("balanced", classes=[0, 1, 2], y=[0] * 10 + [1] * 3 + [2] * 7).</summary>
    [Test]
    public void Balanced_isWhatScikitLearnGives()
    {
        float[] classes = [.. Enumerable.Repeat(0f, 10), .. Enumerable.Repeat(1f, 3), .. Enumerable.Repeat(2f, 7), 0, 1, 2];
        var given = new Skewed([new float[23]], classes, [.. Enumerable.Range(0, 20)]);
        var data = given.Apply(ClassWeights.Balanced);
        Assert.That(data.TrainingRows.ToArray().Select(row => (double)data.Weights[row]), Is.EqualTo(classes.Take(20).Select(c => new[] { 0.66666667, 2.22222222, 0.95238095 }[(int)c])).Within(1e-6));
        Assert.That(data.Weights[20..].ToArray(), Is.All.EqualTo(1), "validation rows count as before");
        Assert.That(data.TrainingRows.ToArray().Sum(row => (double)data.Weights[row]), Is.EqualTo(20).Within(1e-4));
        Assert.That(data.Features, Is.SameAs(given.Data.Features));
    }

    [Test]
    public void Balanced_rowWeights_areMultiplied()
    {
        var given = new Skewed([new float[6]], [0, 0, 0, 1, 1, 0], [0, 1, 2, 3], weights: [1, 2, 3, 4, 5, 6]);
        var data = given.Apply(ClassWeights.Balanced);
        Assert.That(data.Weights.ToArray(), Is.EqualTo(new[] { 2 / 3f, 4 / 3f, 2, 8, 5, 6 }).Within(1e-6));
    }

    [Test]
    public void Balanced_afterSampling_weighsWhatIsThereThen()
    {
        var rows = new BalancedRows(Skewed.Random(600, 2, 3, 0.1).Data);
        var context = new BalanceContext { Random = new SeededRandom(1), Features = Skewed.Random(9, 2, 1, 0.5).Features };
        Resample.RandomOver(o => o with { Strategy = SamplingStrategy.Ratio(0.5) }).Apply(rows, context);
        ClassWeights.Balanced.Apply(rows, context);
        var data = rows.ToData();
        var sums = new double[2];
        foreach (var row in data.TrainingRows.Span) sums[(int)data.Target.Values[row]] += data.Weights[row];
        Assert.That(rows.ClassFactors[1] / rows.ClassFactors[0], Is.EqualTo(2).Within(0.02));
        Assert.That(sums[0], Is.EqualTo(sums[1]).Within(1e-2), "a row that was drawn again is weighed once");
    }

    [Test]
    public void Of_classesThatAreNotNamed_keepTheirWeight()
    {
        var data = new Skewed([new float[4]], [0, 1, 2, 0], [0, 1, 2, 3]).Apply(ClassWeights.Of(new Dictionary<string, double> { ["c1"] = 10, ["c2"] = 0.5 }));
        Assert.That(data.Weights.ToArray(), Is.EqualTo(new[] { 1, 10, 0.5f, 1 }));
    }
}
