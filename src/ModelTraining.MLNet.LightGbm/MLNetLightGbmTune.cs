namespace ModelTraining;

/// <summary>LightGBM's space beside the others of <see cref="MLNetTune"/>.</summary>
public static class MLNetLightGbmTune
{
    private const double LearningRate = 0.1;
    private const int Leaves = 31, RowsOfALeaf = 20; // LightGBM's own defaults; ML.NET's are chosen by the data, and no point of a range

    extension(MLNetTune)
    {
        /// <summary>LearningRate, NumberOfLeaves, MinimumExampleCountPerLeaf, FeatureFraction and L2Regularization of LightGBM. Those that are not stated begin at LightGBM's own defaults: 0.1, 31 and 20.</summary>
        /// <param name="configure">Changes where it begins: <c>o => o with { NumberOfIterations = 300 }</c>.</param>
        public static Func<SearchSpace, Func<Trial, ITrainer>> LightGbm(Func<LightGbmOptions, LightGbmOptions>? configure = null) => space =>
        {
            var start = MLNet.Configured(configure);
            var rate = space.Float("LearningRate", 0.02, 0.3, log: true).StartAtIfInRange(start.LearningRate ?? LearningRate);
            var leaves = space.Int("NumberOfLeaves", 4, 128, log: true).StartAtIfInRange(start.NumberOfLeaves ?? Leaves);
            var rows = space.Int("MinimumExampleCountPerLeaf", 1, 200, log: true).StartAtIfInRange(start.MinimumExampleCountPerLeaf ?? RowsOfALeaf);
            var features = space.Float("FeatureFraction", 0.4, 1).StartAtIfInRange(start.FeatureFraction);
            var l2 = space.Float("L2Regularization", 1e-3, 100, log: true).StartAtIfInRange(start.L2Regularization);
            return trial => MLNet.LightGbm(_ => start with
            {
                LearningRate = trial.Get(rate),
                NumberOfLeaves = trial.Get(leaves),
                MinimumExampleCountPerLeaf = trial.Get(rows),
                FeatureFraction = trial.Get(features),
                L2Regularization = trial.Get(l2),
            });
        };
    }
}
