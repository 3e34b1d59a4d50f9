namespace ModelTraining.Tests.Balancing;

/// <summary>Random sampling, and what a strategy means.</summary>
internal sealed class SamplingTests
{
    private static IEnumerable<TestCaseData> Over()
    {
        yield return new TestCaseData(SamplingStrategy.Auto, new[] { 60, 60, 60 });
        yield return new TestCaseData(SamplingStrategy.NotMajority, new[] { 60, 60, 60 });
        yield return new TestCaseData(SamplingStrategy.All, new[] { 60, 60, 60 });
        yield return new TestCaseData(SamplingStrategy.Minority, new[] { 60, 60, 30 });
        yield return new TestCaseData(SamplingStrategy.NotMinority, new[] { 60, 10, 60 });
        yield return new TestCaseData(Counts(("c1", 25), ("c2", 30)), new[] { 60, 25, 30 });
    }

    private static IEnumerable<TestCaseData> Under()
    {
        yield return new TestCaseData(SamplingStrategy.Auto, new[] { 10, 10, 10 });
        yield return new TestCaseData(SamplingStrategy.NotMinority, new[] { 10, 10, 10 });
        yield return new TestCaseData(SamplingStrategy.All, new[] { 10, 10, 10 });
        yield return new TestCaseData(SamplingStrategy.Majority, new[] { 10, 10, 30 });
        yield return new TestCaseData(SamplingStrategy.NotMajority, new[] { 60, 10, 10 });
        yield return new TestCaseData(Counts(("c0", 40)), new[] { 40, 10, 30 });
    }

    [TestCaseSource(nameof(Over))]
    public void RandomOver_strategy_saysHowManyRowsClassesHave(SamplingStrategy strategy, int[] expected)
    {
        var given = Three();
        var data = given.Apply(Resample.RandomOver(o => o with { Strategy = strategy }));
        Assert.That(Skewed.Counts(data), Is.EqualTo(expected));
        Assert.That(data.Features, Is.SameAs(given.Data.Features));
        Assert.That(data.TrainingRows.ToArray(), Is.Ordered.And.SupersetOf(given.Data.TrainingRows.ToArray()), "all rows stay");
        Assert.That(given.Data.TrainingRows.ToArray(), Is.SupersetOf(data.TrainingRows.ToArray().Distinct()), "and no other comes");
    }

    [TestCaseSource(nameof(Over))]
    public void Smote_strategy_saysHowManyRowsClassesHave(SamplingStrategy strategy, int[] expected) =>
        Assert.That(Skewed.Counts(Three().Apply(Resample.Smote(o => o with { Strategy = strategy }))), Is.EqualTo(expected));

    [TestCaseSource(nameof(Under))]
    public void RandomUnder_strategy_saysHowManyRowsClassesHave(SamplingStrategy strategy, int[] expected)
    {
        var given = Three();
        var data = given.Apply(Resample.RandomUnder(o => o with { Strategy = strategy }));
        Assert.That(Skewed.Counts(data), Is.EqualTo(expected));
        Assert.That(data.TrainingRows.ToArray(), Is.Unique.And.SubsetOf(given.Data.TrainingRows.ToArray()));
    }

    [TestCase(0.5, 30, 15)]
    [TestCase(1, 30, 30)]
    [TestCase(0.34, 30, 10)]
    public void Ratio_isOfTheSmallerToTheLarger(double ratio, int larger, int added)
    {
        var given = Classes(30, 10);
        Assert.That(Skewed.Counts(given.Apply(Resample.RandomOver(o => o with { Strategy = SamplingStrategy.Ratio(ratio) }))), Is.EqualTo(new[] { larger, added }));
        Assert.That(Skewed.Counts(given.Apply(Resample.RandomUnder(o => o with { Strategy = SamplingStrategy.Ratio(ratio) }))), Is.EqualTo(new[] { (int)(10 / ratio), 10 }));
    }

    [Test]
    public void RandomOver_draws_areEvenlyLikely()
    {
        var given = Classes(2010, 10);
        var data = given.Apply(Resample.RandomOver());
        var times = given.TrainingRowsOf(1).Select(row => data.TrainingRows.ToArray().Count(other => other == row) - 1).ToList();
        Assert.That(times.Sum(count => Math.Pow(count - 200, 2) / 200), Is.LessThan(21.7), "chi-square of 9 degrees, 1 %");
        Assert.That(times.Distinct().Count(), Is.GreaterThan(1), "drawn, not dealt");
    }

    [Test]
    public void Sampling_moreThanThereIs_isAnError([Values] bool over)
    {
        var strategy = Counts(("c1", over ? 9 : 11));
        var error = Assert.Throws<ModelTrainingException>(() => Three().Apply(over ? Resample.RandomOver(o => o with { Strategy = strategy }) : Resample.RandomUnder(o => o with { Strategy = strategy })))!;
        Assert.That(error.Id, Is.EqualTo("MT2673"));
        Assert.That(error.Message, Does.Contain($"Class 'c1' of 'y' has 10 training rows, and by the 'Strategy' option of {(over ? "Resample.RandomOver" : "Resample.RandomUnder")} (c1: {(over ? 9 : 11)})").And.Contain(over ? "Under-sampling drops rows" : "Over-sampling adds rows"));
    }

    [Test]
    public void Strategy_words_areTheFields() => Assert.That(
        new[] { SamplingStrategy.Auto, SamplingStrategy.NotMinority, SamplingStrategy.Ratio(0.5), Counts(("b", 2), ("a", 1)) }.Select(strategy => strategy.ToString()),
        Is.EqualTo(new[] { "auto", "not minority", "ratio 0.5", "a: 1, b: 2" }));

    private static SamplingStrategy Counts(params (string Class, int Rows)[] counts) => SamplingStrategy.Counts(counts.ToDictionary(pair => pair.Class, pair => pair.Rows));

    private static Skewed Three() => Classes(60, 10, 30);

    private static Skewed Classes(params int[] counts)
    {
        var random = new SeededRandom(1);
        float[] classes = [.. counts.SelectMany((count, i) => Enumerable.Repeat((float)i, count)), 0, 0, 1];
        return new Skewed([[.. classes.Select(_ => (float)random.NextNormal())]], classes, [.. Enumerable.Range(0, counts.Sum())]);
    }
}
