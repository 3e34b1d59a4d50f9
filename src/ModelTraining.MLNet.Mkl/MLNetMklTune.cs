namespace ModelTraining;

/// <summary>The space of least squares beside the others of <see cref="MLNetTune"/>.</summary>
public static class MLNetMklTune
{
    extension(MLNetTune)
    {
        /// <summary>L2Regularization of ordinary least squares.</summary>
        /// <param name="configure">Changes where it begins.</param>
        public static Func<SearchSpace, Func<Trial, ITrainer>> Ols(Func<OlsOptions, OlsOptions>? configure = null) => space =>
        {
            var start = MLNet.Configured(configure);
            var l2 = space.Float("L2Regularization", 1e-8, 100, log: true).StartAtIfInRange(start.L2Regularization);
            return trial => MLNet.Ols(_ => start with { L2Regularization = (float)trial.Get(l2) });
        };
    }
}
