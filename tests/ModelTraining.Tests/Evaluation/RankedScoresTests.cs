namespace ModelTraining.Tests;

public class RankedScoresTests
{
    [Test]
    public void Rank_few_rows_has_all_thresholds_as_points()
    {
        var ranking = Rank([0, 1, 0, 1, 1], [0.1f, 0.4f, 0.4f, 0.8f, 0.9f]);
        Assert.That(ranking.Points, Is.EqualTo(new[]
        {
            new CurvePoint(double.PositiveInfinity, 0, 0, 1),
            new CurvePoint(0.9f, 1.0 / 3, 0, 1),
            new CurvePoint(0.8f, 2.0 / 3, 0, 1),
            new CurvePoint(0.4f, 1, 0.5, 0.75),
            new CurvePoint(0.1f, 1, 1, 0.6),
        }));
    }

    [Test]
    public void Rank_many_rows_has_few_points_close_to_the_curve()
    {
        var random = new SeededRandom(5);
        var targets = new float[50_000];
        var scores = new float[targets.Length];
        for (var row = 0; row < targets.Length; row++)
        {
            targets[row] = random.NextDouble() < 0.1 ? 1 : 0;
            scores[row] = (float)(random.NextDouble() * 0.7 + targets[row] * 0.3 * random.NextDouble());
        }

        var ranking = Rank(targets, scores);
        Assert.That(ranking.Points, Has.Count.InRange(200, 402));
        var area = ranking.Points.Zip(ranking.Points.Skip(1), (a, b) => (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
        Assert.That(area, Is.EqualTo(ranking.AreaUnderRocCurve).Within(1e-3));
        Assert.That(ranking.Points[^1], Is.EqualTo(new CurvePoint(scores.Min(), 1, 1, targets.Count(target => target == 1) / 50_000.0)));
        foreach (var (a, b) in ranking.Points.Zip(ranking.Points.Skip(1)))
        {
            Assert.That(b.Threshold, Is.LessThan(a.Threshold));
            Assert.That(b.TruePositiveRate - a.TruePositiveRate, Is.InRange(0, 0.006));
            Assert.That(b.FalsePositiveRate - a.FalsePositiveRate, Is.InRange(0, 0.006));
        }
    }

    [Test]
    public void Rank_a_score_that_is_no_number_is_not_defined()
    {
        Assert.That(Rank([0, 1], [float.NaN, 0.5f]), Is.EqualTo(Ranking.Undefined));
    }

    [Test]
    public void Rank_scores_out_of_the_unit_interval_sort_by_size()
    {
        Assert.That(Rank([0, 0, 1, 1], [float.NegativeInfinity, -2, -1, float.PositiveInfinity]).AreaUnderRocCurve, Is.EqualTo(1));
    }

    private static Ranking Rank(float[] targets, float[] scores)
    {
        var ranked = RankedScores.Start(2);
        ranked.Update(new PredictionBatch(targets, [.. scores.SelectMany(score => new[] { 1 - score, score })]));
        return ranked.Rank(1);
    }
}
