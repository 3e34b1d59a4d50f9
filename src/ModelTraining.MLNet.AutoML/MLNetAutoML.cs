namespace ModelTraining;

/// <summary>AutoML beside the trainers of <see cref="MLNet"/>.</summary>
public static class MLNetAutoML
{
    extension(MLNet)
    {
        /// <summary>
        /// Looks for the best of ML.NET's trainers and its options by ML.NET's AutoML (the trainer by its estimated cost of improvement, the options by CFO; Wang et al., "FLAML", MLSys
        /// 2021), on the pipeline's features, judged on the validation part. The model is that of the best trial, an <see cref="AutoMLModel"/>. What a run finds depends on how fast the machine is.
        /// Cancelling gives the best model so far.
        /// </summary>
        /// <param name="timeBudget">The time for all trials. The one at work at its end is stopped, where its trainer lets itself be stopped.</param>
        /// <param name="configure">Changes the options: <c>o => o with { UseSdca = false }</c>.</param>
        public static ITrainer AutoML(TimeSpan timeBudget, Func<AutoMLOptions, AutoMLOptions>? configure = null) => new AutoMLTrainer(timeBudget, MLNet.Configured(configure));
    }
}
