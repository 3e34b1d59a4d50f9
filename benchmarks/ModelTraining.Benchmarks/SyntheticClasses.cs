namespace ModelTraining.Benchmarks;

/// <summary>
/// Two classes from 28 normal features, of which seven matter, in curves and in pairs, with noise: as many columns as the HIGGS data, and like it not
/// to be told apart by any one of them.
/// </summary>
internal static class SyntheticClasses
{
    private const int FeatureCount = 28;

    public static BoostingCase Of(int rows, int trainingRows, ulong seed)
    {
        var random = new SeededRandom(seed);
        var columns = new float[FeatureCount][];
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            columns[feature] = new float[rows];
            foreach (ref var value in columns[feature].AsSpan()) value = (float)random.NextNormal();
        }

        var target = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            double X(int feature) => columns[feature][row];
            var score = (X(0) * X(1)) + Math.Sin(2 * X(2)) + (0.5 * X(3) * X(3)) - (0.5 * Math.Abs(X(4))) + (0.3 * X(5) * X(6));
            target[row] = score + (0.5 * random.NextNormal()) > 0.3 ? 1 : 0;
        }

        FeatureInfo[] features = [.. Enumerable.Range(0, FeatureCount).Select(feature => new FeatureInfo($"f{feature}"))];
        return new BoostingCase("trees", features, columns, target, LearningTask.BinaryClassification, trainingRows, Defaults: false);
    }
}
