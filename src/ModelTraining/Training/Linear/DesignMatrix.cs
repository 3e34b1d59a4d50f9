namespace ModelTraining;

/// <summary>
/// The training rows that count, in blocks that fit a processor's cache, feature after feature within a block: training goes over them many times. Sums
/// over rows are taken within blocks and then block after block, so that they do not depend on the number of threads. Immutable.
/// </summary>
internal sealed class DesignMatrix
{
    /// <summary>Rows of a block; the last may have fewer.</summary>
    public const int BlockRows = 512;

    private readonly float[][] _blocks;
    private readonly bool _centred;

    public DesignMatrix(TrainingData data, bool centre, int threads)
    {
        _centred = centre;
        var rows = WithWeight(data);
        (Rows, Features) = (rows.Length, data.Features.Count);
        Targets = new double[Rows];
        Weights = new double[Rows];
        for (var i = 0; i < Rows; i++)
        {
            Targets[i] = data.Target.Values[rows[i]];
            Weights[i] = data.Weights.IsEmpty ? 1 : data.Weights[rows[i]];
            TotalWeight += Weights[i];
        }

        _blocks = new float[(Rows + BlockRows - 1) / BlockRows][];
        ColumnLoop.Run(_blocks.Length, threads, block =>
        {
            var taken = rows.AsSpan(block * BlockRows, RowsOf(block));
            var values = _blocks[block] = GC.AllocateUninitializedArray<float>(Features * taken.Length);
            for (var feature = 0; feature < Features; feature++)
            {
                var column = data.Features.Column(feature);
                var target = values.AsSpan(feature * taken.Length, taken.Length);
                for (var i = 0; i < target.Length; i++) target[i] = column[taken[i]];
            }
        });

        var (means, deviations) = (new double[Features], new double[Features]);
        ColumnLoop.Run(Features, threads, feature =>
        {
            for (var block = 0; block < _blocks.Length; block++) means[feature] += Vectors.Dot(Column(block, feature), WeightsOf(block)) / TotalWeight;
            var squares = 0.0;
            for (var block = 0; block < _blocks.Length; block++)
            {
                var column = Column(block, feature);
                var weights = WeightsOf(block);
                for (var i = 0; i < column.Length; i++) squares += weights[i] * (column[i] - means[feature]) * (column[i] - means[feature]);
            }

            // What rounding leaves of a constant is none.
            deviations[feature] = squares <= 1e-14 * TotalWeight * means[feature] * means[feature] ? 0 : Math.Sqrt(squares / TotalWeight);
        });
        (Means, Centres, Deviations) = (means, centre ? means : new double[Features], deviations);
    }

    public int Rows { get; }

    public int Features { get; }

    public int Blocks => _blocks.Length;

    public double[] Targets { get; }

    public double[] Weights { get; }

    public double TotalWeight { get; }

    /// <summary>The weighted mean of each feature.</summary>
    public double[] Means { get; }

    /// <summary>What is to be taken from each feature: its weighted mean; 0 where there is no intercept to make up for it.</summary>
    public double[] Centres { get; }

    /// <summary>The weighted deviation of each feature from its mean; 0 of a constant.</summary>
    public double[] Deviations { get; }

    public int RowsOf(int block) => Math.Min(BlockRows, Rows - (block * BlockRows));

    /// <summary>A feature's values in a block.</summary>
    public ReadOnlySpan<float> Column(int block, int feature)
    {
        var rows = RowsOf(block);
        return _blocks[block].AsSpan(feature * rows, rows);
    }

    /// <summary>The part of an array of one entry a row that belongs to a block.</summary>
    public Span<double> Of(int block, double[] rows) => rows.AsSpan(block * BlockRows, RowsOf(block));

    /// <summary>Whether nothing is left of a feature once it is centred. Where nothing is centred a constant may stand for the intercept.</summary>
    public bool IsConstant(int feature) => _centred && Deviations[feature] == 0;

    private ReadOnlySpan<double> WeightsOf(int block) => Of(block, Weights);

    private static int[] WithWeight(TrainingData data)
    {
        var rows = data.TrainingRows.ToArray();
        if (data.Weights.IsEmpty) return rows;
        var weights = data.Weights;
        var count = 0;
        foreach (var row in rows) if (weights[row] > 0) rows[count++] = row;
        return rows[..count];
    }
}
