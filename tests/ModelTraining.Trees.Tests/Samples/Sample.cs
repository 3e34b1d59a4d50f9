namespace ModelTraining.Tests;

/// <summary>Features and target of a test, and short ways to train and predict with them.</summary>
internal sealed class Sample
{
    private Sample(FeatureSet features, Target target) => (Features, Target) = (features, target);

    public FeatureSet Features { get; }

    public Target Target { get; }

    public int Rows => Features.RowCount;

    public int[] AllRows => [.. Enumerable.Range(0, Rows)];

    /// <summary>Every fifth row, the first among them, is for testing: what stated scores of other libraries were measured on.</summary>
    public int[] TestRows => [.. AllRows.Where(row => row % 5 == 0)];

    public int[] TrainingRows => [.. AllRows.Where(row => row % 5 != 0)];

    public static Sample Of(FeatureInfo[] features, float[][] columns, LearningTask task, float[] target, int classes = 0) => new(
        new FeatureSet(features, [.. columns.Select(column => (ReadOnlyMemory<float>)column)]),
        new Target("y", task, target, [.. Enumerable.Range(0, classes).Select(i => $"c{i}")]));

    public static Sample Regression(float[][] columns, float[] target) => Of(Numeric(columns.Length), columns, LearningTask.Regression, target);

    public static Sample Binary(float[][] columns, float[] target) => Of(Numeric(columns.Length), columns, LearningTask.BinaryClassification, target, 2);

    public static FeatureInfo[] Numeric(int count) => [.. Enumerable.Range(0, count).Select(i => new FeatureInfo($"x{i}"))];

    /// <summary>Quantities, one of them with missing values, and a category, which all bear on the target.</summary>
    public static Sample Mixed(int rows, LearningTask task, ulong seed = 7)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, 6).Select(_ => new float[rows]).ToArray();
        var target = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < 5; i++) columns[i][row] = (float)random.NextNormal();
            columns[5][row] = random.Next(23);
            var missing = random.NextDouble() < 0.2;
            var score = columns[0][row] + (columns[1][row] * columns[2][row]) + (columns[5][row] % 3) + (missing ? 1.5 : columns[3][row]) + (0.3 * random.NextNormal());
            if (missing) columns[3][row] = float.NaN;
            if (random.NextDouble() < 0.05) columns[5][row] = float.NaN;
            target[row] = task switch
            {
                LearningTask.Regression => (float)score,
                LearningTask.BinaryClassification => score > 1 ? 1 : 0,
                _ => score < 0 ? 0 : score < 2 ? 1 : 2,
            };
        }

        FeatureInfo[] features = [.. Numeric(5), new FeatureInfo("category", FeatureKind.Category, 23)];
        return Of(features, columns, task, target, task == LearningTask.Regression ? 0 : task == LearningTask.BinaryClassification ? 2 : 3);
    }

    public TrainingData Data(int[]? training = null, int[]? validation = null, float[]? weights = null) =>
        new(Features, Target, training ?? AllRows, validation ?? [], weights);

    public TreeEnsembleModel Train(Func<GradientBoostingOptions, GradientBoostingOptions>? configure = null, int[]? training = null, int[]? validation = null, float[]? weights = null, ulong seed = 0, int threads = 1)
    {
        var context = new TrainingContext { Random = new SeededRandom(seed), Threads = threads };
        return (TreeEnsembleModel)Trees.GradientBoosting(configure).TrainAsync(Data(training, validation, weights), context, default).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>[rows, outputs].</summary>
    public float[] Predict(TrainedModel model, int[]? rows = null, int threads = 1)
    {
        rows ??= AllRows;
        var outputs = new float[rows.Length * model.OutputCount];
        model.Predict(Features, rows, outputs, threads);
        return outputs;
    }
}
