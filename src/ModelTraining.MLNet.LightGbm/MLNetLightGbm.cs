namespace ModelTraining;

/// <summary>LightGBM beside the other trainers of <see cref="MLNet"/>.</summary>
public static class MLNetLightGbm
{
    extension(MLNet)
    {
        /// <summary>
        /// Gradient boosting by LightGBM (Ke et al., NeurIPS 2017): classes and numbers. Early stopping looks at the validation part. Of three or more classes the trees of
        /// all are grown together.
        /// </summary>
        /// <param name="configure">Changes the options: <c>o => o with { NumberOfLeaves = 63 }</c>.</param>
        public static ITrainer LightGbm(Func<LightGbmOptions, LightGbmOptions>? configure = null) => new MLNetTrainer(new LightGbmAlgorithm(MLNet.Configured(configure)));
    }
}
