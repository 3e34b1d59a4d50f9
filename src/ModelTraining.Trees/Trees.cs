namespace ModelTraining;

/// <summary>Trainers that grow decision trees. They take missing values and categories as they are, and are exported as ONNX trees.</summary>
public static class Trees
{
    /// <summary>
    /// Gradient boosting on histograms, grown leaf by leaf (as in LightGBM; Ke et al., NeurIPS 2017), with quantised gradients (Shi et al.,
    /// "Quantized Training of Gradient Boosting Decision Trees", NeurIPS 2022). Binary and multiclass classification, and regression with squared
    /// error. The model is the same, bit for bit, for the same seed, whatever the number of threads and the order of the training rows.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Leaves = 63 }</c>.</param>
    public static ITrainer GradientBoosting(Func<GradientBoostingOptions, GradientBoostingOptions>? configure = null)
    {
        var options = new GradientBoostingOptions();
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new GradientBoostingTrainer(options);
    }
}
