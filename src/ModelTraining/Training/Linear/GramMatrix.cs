namespace ModelTraining;

/// <summary>Products of all pairs of centred features, summed over the rows: XᵀWX, the features followed by one more column.</summary>
internal static class GramMatrix
{
    /// <param name="design">The rows.</param>
    /// <param name="weights">The weight of each row, of either sign.</param>
    /// <param name="last">The column after the features, one entry a row.</param>
    /// <param name="threads">How many threads to use at most; each computes entries of its own, so that none depends on their number.</param>
    /// <param name="cancellationToken">Ends the work between two blocks.</param>
    /// <returns>Row-major, symmetric, features + 1 wide.</returns>
    public static double[] Of(DesignMatrix design, double[] weights, double[] last, int threads, CancellationToken cancellationToken)
    {
        var size = design.Features + 1;
        var gram = new double[(long)size * size];
        var (values, weighted) = (new double[size * DesignMatrix.BlockRows], new double[size * DesignMatrix.BlockRows]);
        var workers = size < 24 ? 1 : threads;
        for (var block = 0; block < design.Blocks; block++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (current, rows) = (block, design.RowsOf(block));
            ColumnLoop.Run(size, workers, column =>
            {
                var target = values.AsSpan(column * rows, rows);
                if (column == design.Features) design.Of(current, last).CopyTo(target);
                else Centre(design.Column(current, column), design.Centres[column], target);
                var ofBlock = design.Of(current, weights);
                var product = weighted.AsSpan(column * rows, rows);
                for (var i = 0; i < rows; i++) product[i] = target[i] * ofBlock[i];
            });
            ColumnLoop.Run(size, workers, row =>
            {
                var left = weighted.AsSpan(row * rows, rows);
                for (var column = 0; column <= row; column++) gram[((long)row * size) + column] += Vectors.Dot(left, values.AsSpan(column * rows, rows));
            });
        }

        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < row; column++) gram[((long)column * size) + row] = gram[((long)row * size) + column];
        }

        return gram;
    }

    private static void Centre(ReadOnlySpan<float> column, double centre, Span<double> target)
    {
        for (var i = 0; i < column.Length; i++) target[i] = column[i] - centre;
    }
}
