namespace ModelTraining;

/// <summary>Ordinary least squares beside the other trainers of <see cref="MLNet"/>.</summary>
public static class MLNetMkl
{
    extension(MLNet)
    {
        /// <summary>Ordinary least squares, with a little of the squares of the coefficients in the loss: numbers.</summary>
        /// <param name="configure">Changes the options: <c>o => o with { L2Regularization = 1 }</c>.</param>
        public static ITrainer Ols(Func<OlsOptions, OlsOptions>? configure = null) => new MLNetTrainer(new OlsAlgorithm(MLNet.Configured(configure)));
    }
}
