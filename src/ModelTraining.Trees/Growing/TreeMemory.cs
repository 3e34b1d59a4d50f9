namespace ModelTraining;

/// <summary>About how much memory trees are grown in, from the sizes of the data: bins, histograms, what is kept of each row, and the trees.</summary>
internal static class TreeMemory
{
    // Scores, gradients, hessians, the packed ones, and the partition's two lists of rows.
    private const int BytesARow = 32;

    // An entry in each of the arrays of a tree, for a split and the leaf beyond it.
    private const int BytesASplit = 48;

    /// <summary>A boosting, one tree of each output a round.</summary>
    public static long OfBoosting(TrainingData data, GradientBoostingOptions options)
    {
        long rows = data.TrainingRows.Length;
        var outputs = Outputs(data);
        var rounds = options.Trees ?? (data.ValidationRows.IsEmpty ? GradientBoostingOptions.RoundsWithoutValidation : GradientBoostingOptions.RoundsWithValidation);
        var splits = Math.Min(options.Leaves - 1, rows / options.MinRowsPerLeaf);
        return (rows * data.Features.Count) + Histograms(data.Features.Count, options.MaxBins, splits) + (rows * (BytesARow + (8 * outputs))) +
            (data.ValidationRows.Length * 8L * outputs) + (rounds * outputs * splits * BytesASplit);
    }

    /// <summary>A forest, each thread growing a tree of its own.</summary>
    public static long OfForest(TrainingData data, ForestOptions options, int threads)
    {
        long rows = data.TrainingRows.Length;
        var trees = options.Trees * Outputs(data);
        var splits = Math.Min(options.Leaves - 1, rows / options.MinRowsPerLeaf);
        return (rows * data.Features.Count) + (Math.Min(threads, trees) * (Histograms(data.Features.Count, options.MaxBins, splits) + (rows * BytesARow))) +
            (rows * 16 * Outputs(data)) + (trees * splits * BytesASplit);
    }

    private static long Histograms(int features, int maxBins, long splits)
    {
        var length = features * (maxBins + 8L);
        return Math.Min(TreeGrower.MostHistograms(length), splits + 1) * length * sizeof(long);
    }

    private static long Outputs(TrainingData data) => data.Target.Task == LearningTask.MulticlassClassification ? data.Target.Classes.Count : 1;
}
