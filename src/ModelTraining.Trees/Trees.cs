namespace ModelTraining;

/// <summary>Trainers that grow decision trees. They take missing values and categories as they are, and are exported as ONNX trees.</summary>
public static class Trees
{
    /// <summary>
    /// Gradient boosting on histograms, grown leaf by leaf (as in LightGBM; Ke et al., NeurIPS 2017), with quantised gradients (Shi et al.,
    /// "Quantized Training of Gradient Boosting Decision Trees", NeurIPS 2022). Binary and multiclass classification, and regression by
    /// the squared error or any other <see cref="BoostingObjective"/>. The model is the same, bit for bit, for the same seed, whatever the number of threads and the order of the training rows.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Leaves = 63 }</c>.</param>
    public static ITrainer GradientBoosting(Func<GradientBoostingOptions, GradientBoostingOptions>? configure = null)
    {
        var options = new GradientBoostingOptions();
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new GradientBoostingTrainer(options);
    }

    /// <summary>
    /// Random forest (Breiman, Machine Learning 45, 2001): the mean of deep trees, each grown on rows drawn by chance, each split on features drawn by chance.
    /// Hard to overfit, and needs no tuning. Splits are found on histograms as in <see cref="GradientBoosting"/>, by squared error, which of 0 and 1 is
    /// Gini's impurity; of three or more classes each has trees of its own. The learning curve is that of the rows out of each tree's bag: an honest score
    /// without validation rows. The model is the same, bit for bit, for the same seed, whatever the number of threads.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Trees = 500 }</c>.</param>
    public static ITrainer RandomForest(Func<ForestOptions, ForestOptions>? configure = null) => new ForestTrainer("Trees.RandomForest", Configured(configure), randomBounds: false);

    /// <summary>
    /// Extra trees (Geurts, Ernst and Wehenkel, Machine Learning 63, 2006): a forest whose splits by quantities are at a random bound of each feature, the best
    /// of these being taken. Smoother than <see cref="RandomForest"/>, and its trees are grown on all rows. Splits by category are the best there are.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Trees = 500 }</c>.</param>
    public static ITrainer ExtraTrees(Func<ForestOptions, ForestOptions>? configure = null) => new ForestTrainer("Trees.ExtraTrees", Configured(configure), randomBounds: true);

    private static ForestOptions Configured(Func<ForestOptions, ForestOptions>? configure)
    {
        var options = new ForestOptions();
        return configure is null ? options : configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
    }
}
