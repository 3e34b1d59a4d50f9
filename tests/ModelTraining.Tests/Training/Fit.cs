namespace ModelTraining.Tests;

/// <summary>Data of a test for trainers, and short ways to train and predict with it.</summary>
internal sealed class Fit(float[][] columns, float[] target, int classes = 0, float[]? weights = null)
{
    public List<string> Warnings { get; } = [];

    public FeatureSet Features { get; } = new([.. columns.Select((_, i) => new FeatureInfo($"x{i}"))], [.. columns.Select(column => (ReadOnlyMemory<float>)column)]);

    public Target Target { get; } = new(
        "y", classes == 0 ? LearningTask.Regression : classes == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification, target, [.. Enumerable.Range(0, classes).Select(i => $"c{i}")]);

    public int[] AllRows => [.. Enumerable.Range(0, target.Length)];

    /// <summary>Quantities of differing scale that all bear on the target.</summary>
    public static Fit Random(int rows, int features, int classes, ulong seed = 3)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, features).Select(i => Enumerable.Range(0, rows).Select(_ => (float)((random.NextNormal() * (1 + i)) + i)).ToArray()).ToArray();
        var target = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var score = columns.Select((column, i) => (column[row] - i) / (1 + i) * (i % 3 - 0.7)).Sum() + random.NextNormal();
            target[row] = classes == 0 ? (float)score : classes == 2 ? (score > 0 ? 1 : 0) : Math.Clamp((int)(score + (classes / 2.0)), 0, classes - 1);
        }

        return new Fit(columns, target, classes);
    }

    public T Train<T>(ITrainer trainer, int threads = 1, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : TrainedModel
    {
        var data = new TrainingData(Features, Target, AllRows, default, weights);
        var context = new TrainingContext { Threads = threads, Warn = Warnings.Add, Progress = progress, Time = new SteppingClock() };
        return (T)trainer.TrainAsync(data, context, cancellationToken).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>[rows, outputs].</summary>
    public float[] Predict(TrainedModel model, int threads = 1)
    {
        var outputs = new float[target.Length * model.OutputCount];
        model.Predict(Features, AllRows, outputs, threads);
        return outputs;
    }

    /// <summary>A clock on which each look at it takes a second, so that nothing is too quick to be reported.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref _seconds);
    }
}
