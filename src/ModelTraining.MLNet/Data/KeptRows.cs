namespace ModelTraining;

/// <summary>
/// A copy of the features as rows, for trainers that pass over them again and again: to turn columns into rows in each pass would cost more than the pass.
/// Immutable and safe to read from many threads.
/// </summary>
internal sealed class KeptRows
{
    private const int ChunkValues = 1 << 20;

    private readonly float[][] _chunks;
    private readonly int _chunkRows;
    private readonly int _features;

    public KeptRows(FeatureSet set, ReadOnlySpan<int> rows)
    {
        _features = set.Count;
        _chunkRows = Math.Max(1, ChunkValues / Math.Max(1, _features));
        _chunks = new float[(rows.Length + _chunkRows - 1) / _chunkRows][];
        for (var chunk = 0; chunk < _chunks.Length; chunk++)
        {
            var part = rows.Slice(chunk * _chunkRows, Math.Min(_chunkRows, rows.Length - (chunk * _chunkRows)));
            _chunks[chunk] = new float[part.Length * _features];
            for (var first = 0; first < part.Length; first += Transposition.Rows(_features))
            {
                var block = part.Slice(first, Math.Min(Transposition.Rows(_features), part.Length - first));
                Transposition.Fill(set, block, _chunks[chunk].AsSpan(first * _features, block.Length * _features));
            }
        }
    }

    public ReadOnlySpan<float> Row(int row) => _chunks[row / _chunkRows].AsSpan(row % _chunkRows * _features, _features);
}
