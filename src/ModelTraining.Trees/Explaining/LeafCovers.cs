namespace ModelTraining;

/// <summary>How many of the rows that a tree was grown on are in each of its leaves, by their weight. What a split's rows are is the sum of its leaves'.</summary>
internal static class LeafCovers
{
    /// <param name="tree">The tree.</param>
    /// <param name="partition">The rows as the tree left them.</param>
    /// <param name="weights">The weight of each row; null when all are 1.</param>
    public static float[] Of(GrownTree tree, RowPartition partition, float[]? weights)
    {
        var covers = new float[tree.Leaves.Count];
        for (var leaf = 0; leaf < covers.Length; leaf++)
        {
            var (start, rows) = (tree.Leaves[leaf].Start, tree.Leaves[leaf].Rows);
            if (weights is null)
            {
                covers[leaf] = rows;
                continue;
            }

            var sum = 0.0;
            foreach (var row in partition.Of(start, rows)) sum += weights[row];
            covers[leaf] = (float)sum;
        }

        return covers;
    }
}
