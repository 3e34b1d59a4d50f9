using System.Numerics;

namespace ModelTraining;

/// <summary>
/// A copy of the features as rows, for trainers that pass over them again and again: to turn columns into rows in each pass would cost more than the pass.
/// Immutable and safe to read from many threads.
/// </summary>
internal sealed class KeptRows
{
    private const int ChunkValues = 1 << 20;

    private readonly float[][] _chunks;
    private readonly int _chunkBits;
    private readonly int _rowMask;
    private readonly int _features;

    public KeptRows(FeatureSet set, ReadOnlyMemory<int> rows, int threads)
    {
        _features = set.Count;
        var blockRows = Transposition.Rows(_features);
        var chunkRows = Math.Max(blockRows, 1 << BitOperations.Log2((uint)Math.Max(1, ChunkValues / Math.Max(1, _features))));
        (_chunkBits, _rowMask) = (BitOperations.Log2((uint)chunkRows), chunkRows - 1);
        _chunks = [.. Enumerable.Range(0, (rows.Length + chunkRows - 1) / chunkRows).Select(chunk => GC.AllocateUninitializedArray<float>(Math.Min(chunkRows, rows.Length - (chunk * chunkRows)) * _features))];
        Parallel.For(0, (rows.Length + blockRows - 1) / blockRows, new ParallelOptions { MaxDegreeOfParallelism = threads }, index =>
        {
            var first = index * blockRows;
            var block = rows.Span.Slice(first, Math.Min(blockRows, rows.Length - first));
            Transposition.Fill(set, block, _chunks[first >> _chunkBits].AsSpan((first & _rowMask) * _features, block.Length * _features));
        });
    }

    public ReadOnlySpan<float> Row(int row) => _chunks[row >> _chunkBits].AsSpan((row & _rowMask) * _features, _features);
}
