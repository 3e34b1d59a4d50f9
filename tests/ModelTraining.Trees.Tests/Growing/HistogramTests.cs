namespace ModelTraining.Tests.Growing;

public unsafe class HistogramTests
{
    [Test]
    public void Add_sums_every_column_of_a_block([Range(1, 32)] int width)
    {
        const int Rows = 500;
        var random = new SeededRandom((ulong)width);
        var features = Enumerable.Range(0, width).Select(i => new BinnedFeature { Feature = i, Kind = FeatureKind.Numeric, Thresholds = [], Bins = 1 + random.Next(255) }).ToArray();
        var block = new BinBlock(features, Rows, 0);
        for (var row = 0; row < Rows; row++) for (var i = 0; i < width; i++) block.Bins[(row * width) + i] = (byte)random.Next(features[i].Bins);
        var packed = GC.AllocateArray<int>(Rows, pinned: true);
        foreach (ref var value in packed.AsSpan()) value = (int)random.NextBits();
        var rows = GC.AllocateArray<int>(Rows + Histogram.RowsAhead, pinned: true);
        var count = 0;
        for (var row = 0; row < Rows; row++) if (random.Next(3) > 0) rows[count++] = row;

        for (var first = 0; first < width; first += Math.Max(1, width / 3))
        {
            var columns = Math.Min(width - first, Math.Max(1, width / 2));
            var sums = GC.AllocateArray<long>(columns * block.Stride, pinned: true);
            Histogram.Add(block, first, columns, rows.Pointer(), count, packed.Pointer(), sums.Pointer());
            var expected = new long[sums.Length];
            foreach (var row in rows.AsSpan(0, count))
            {
                for (var i = 0; i < columns; i++) expected[(i * block.Stride) + block.Bins[(row * width) + first + i]] += PackedGradients.Widen(packed[row]);
            }

            Assert.That(sums, Is.EqualTo(expected), $"columns {first} to {first + columns}");
        }
    }
}
