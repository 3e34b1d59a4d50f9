namespace ModelTraining.Tests.Binning;

public unsafe class FeatureBinningTests
{
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(64)]
    [TestCase(255)]
    public void Fill_puts_values_into_the_bins_that_thresholds_say(int maxBins)
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, 3001).Select(_ => random.NextDouble() < 0.1 ? float.NaN : (float)Math.Round(random.NextNormal() * 200) / 7).ToArray();
        (values[5], values[6], values[7]) = (float.PositiveInfinity, float.NegativeInfinity, -0f);
        var (matrix, feature) = Matrix(new FeatureInfo("x"), values, maxBins);
        for (var row = 0; row < values.Length; row++)
        {
            var bin = matrix.Blocks[0].Bins[row];
            var expected = float.IsNaN(values[row]) ? feature.MissingBin : feature.Thresholds.Count(threshold => threshold < values[row]);
            Assert.That(bin, Is.EqualTo(expected), $"{values[row]}");
            if (!float.IsNaN(values[row])) Assert.That(values[row] <= feature.Threshold(bin));
        }
    }

    [Test]
    public void Fill_takes_what_is_no_category_for_missing()
    {
        float[] values = [0, 1, 4, 5, -1, 1.5f, 1e9f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f];
        var (matrix, feature) = Matrix(new FeatureInfo("x", FeatureKind.Category, 5), values, 255);
        Assert.That(new Span<byte>(matrix.Blocks[0].Bins, values.Length).ToArray(), Is.EqualTo(new byte[] { 0, 1, 4, 5, 5, 5, 5, 5, 5, 5, 0 }));
        Assert.That(feature.MissingBin, Is.EqualTo(5));
    }

    [Test]
    public void Matrix_leaves_out_features_that_do_not_vary()
    {
        var sample = Sample.Regression([[1, 1, 1, 1], [1, 2, 3, 4], [float.NaN, float.NaN, float.NaN, float.NaN], [float.NaN, 7, 7, 7]], [1, 2, 3, 4]);
        Assert.That(Matrix(sample, 255).Columns.Select(column => column.Feature.Feature), Is.EqualTo(new[] { 3, 1 }));
    }

    [Test]
    public void Bounds_come_from_a_sample_that_the_seed_decides()
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, FeatureBinning.SampleRows * 2).Select(_ => (float)random.NextNormal()).ToArray();
        float[] Bounds(ulong seed)
        {
            using var team = new WorkerTeam(1);
            var sample = Sample.Regression([values], new float[values.Length]);
            return FeatureBinning.Bounds(sample.Features, sample.AllRows, 255, new SeededRandom(seed), team, default)[0].Thresholds;
        }

        var first = Bounds(1);
        Assert.That(Bounds(1), Is.EqualTo(first));
        Assert.That(Bounds(1), Is.Not.EqualTo(Bounds(2)));
        var sorted = values.Order().ToArray();
        foreach (var (threshold, i) in Bounds(1).Select((threshold, i) => (threshold, i)))
        {
            var below = Array.BinarySearch(sorted, threshold);
            Assert.That((double)(below < 0 ? ~below : below) / sorted.Length, Is.EqualTo((i + 1) / 255.0).Within(0.006));
        }
    }

    private static (BinMatrix Matrix, BinnedFeature Feature) Matrix(FeatureInfo feature, float[] values, int maxBins)
    {
        var matrix = Matrix(Sample.Of([feature], [values], LearningTask.Regression, new float[values.Length]), maxBins);
        return (matrix, matrix.Columns.Single().Feature);
    }

    private static BinMatrix Matrix(Sample sample, int maxBins)
    {
        using var team = new WorkerTeam(2);
        return BinMatrix.Of(new RowPart(sample.Data(), sample.AllRows), maxBins, new SeededRandom(0), team, default);
    }
}
