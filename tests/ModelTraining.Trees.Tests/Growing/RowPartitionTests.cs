namespace ModelTraining.Tests.Growing;

public class RowPartitionTests
{
    [Test]
    public void Split_moves_rows_to_their_side_and_keeps_their_order(
        [Values(1, 7, 100, 16_384, 50_001)] int rows, [Values] bool missingLeft, [Values] bool scattered, [Values(1, 3)] int threads, [Values] bool byBins)
    {
        var random = new SeededRandom((ulong)rows);
        var table = Enumerable.Range(0, (rows * 2) + 3).Select(_ => random.Next(8) == 0 ? float.NaN : random.Next(10)).ToArray();
        var tableRows = Enumerable.Range(0, rows).Select(row => scattered ? row * 2 : row + 3).ToArray();
        var feature = new BinnedFeature { Feature = 0, Kind = FeatureKind.Numeric, Thresholds = [.. Enumerable.Range(0, 9).Select(i => i + 0.5f)], Bins = 10, HasMissing = true };
        var split = new SplitCandidate { Bin = 4, MissingLeft = missingLeft };
        bool Left(int row) => float.IsNaN(table[tableRows[row]]) ? missingLeft : table[tableRows[row]] <= 4.5f;
        Check(table, tableRows, feature, split, Left, threads, byBins);
    }

    [Test]
    public void Split_by_category_sends_the_unknown_right([Values(100, 20_000)] int rows, [Values] bool byBins)
    {
        var random = new SeededRandom((ulong)rows);
        var table = Enumerable.Range(0, rows).Select(_ => random.Next(8) switch { 0 => float.NaN, 1 => 99, 2 => 2.5f, _ => random.Next(5) }).ToArray();
        var feature = new BinnedFeature { Feature = 0, Kind = FeatureKind.Category, Thresholds = [], Bins = 5, HasMissing = true };
        var split = default(SplitCandidate);
        split.Categories.Add(1);
        split.Categories.Add(4);
        Check(table, [.. Enumerable.Range(0, rows)], feature, split, row => table[row] is 1 or 4, 2, byBins);
    }

    [Test]
    public void TakeSome_takes_a_share_and_leaves_the_rest_behind()
    {
        using var team = new WorkerTeam(1);
        var sample = Sample.Regression([new float[10_000]], new float[10_000]);
        using var values = new PinnedColumns(new RowPart(sample.Data(), sample.AllRows));
        var partition = new RowPartition(values, 10_000, PinnedArray.ForRows<float>(10_000), team);
        var taken = partition.TakeSome(0.3, new SeededRandom(1));
        Assert.That(taken, Is.EqualTo(3000).Within(200));
        Assert.That(partition.Of(0, taken).ToArray(), Is.Ordered);
        Assert.That(partition.From(taken).ToArray(), Is.Ordered);
        Assert.That(partition.Of(0, 10_000).ToArray(), Is.EquivalentTo(Enumerable.Range(0, 10_000)));
        Assert.That(partition.TakeSome(1e-12, new SeededRandom(1)), Is.EqualTo(1), "a tree needs a row");
        Assert.That(partition.Of(0, 10_000).ToArray(), Is.EquivalentTo(Enumerable.Range(0, 10_000)));
    }

    private static unsafe void Check(float[] table, int[] tableRows, BinnedFeature feature, SplitCandidate split, Func<int, bool> left, int threads, bool byBins)
    {
        using var team = new WorkerTeam(threads);
        var sample = Sample.Of([new FeatureInfo("x", feature.Kind, feature.Bins)], [table], LearningTask.Regression, new float[table.Length]);
        var part = new RowPart(sample.Data(), tableRows);
        using var values = new PinnedColumns(part);
        var partition = new RowPartition(values, part.Rows, PinnedArray.ForRows<float>(part.Rows), team) { ByBins = byBins };
        partition.TakeAll();

        // Between two others, whose bins are all in the way.
        var block = new BinBlock([feature, feature, feature], part.Rows, 0);
        new Span<byte>(block.Bins, 3 * part.Rows).Fill(3);
        FeatureBinning.Fill(block, 1, part.Features, tableRows, 0);
        var column = new BinColumn(feature, block, 1);
        var all = Enumerable.Range(0, part.Rows).ToArray();
        var (lefts, rights) = (all.Where(left).ToArray(), all.Where(row => !left(row)).ToArray());
        Assert.That(partition.Split(0, all.Length, column, split), Is.EqualTo(lefts.Length));
        Assert.That(partition.Of(0, all.Length).ToArray(), Is.EqualTo(lefts.Concat(rights)));

        // Again within the right part: what is before it stays as it is.
        if (rights.Length == 0) return;
        Assert.That(partition.Split(lefts.Length, rights.Length, column, split), Is.Zero);
        Assert.That(partition.Of(0, all.Length).ToArray(), Is.EqualTo(lefts.Concat(rights)));
    }
}
