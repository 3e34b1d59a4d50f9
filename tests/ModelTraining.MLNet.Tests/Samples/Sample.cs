using System.Diagnostics;

namespace ModelTraining.Tests;

/// <summary>Made-up rows of quantities and a target that depends on them, and short ways to train and predict.</summary>
internal sealed class Sample
{
    public Sample(LearningTask task, int rows = 600, int features = 5, ulong seed = 7, bool weighted = false, int validation = 0, float shift = 0)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, features).Select(_ => Enumerable.Range(0, rows).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        var target = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            var score = columns[0][row] + (columns[1][row] * columns[1][row]) - (0.5 * columns[2][row]) + (0.3 * random.NextNormal());
            target[row] = task switch
            {
                LearningTask.Regression => shift + (float)Math.Exp(score / 3),
                LearningTask.BinaryClassification => score > 1 ? 1 : 0,
                _ => score < 0 ? 0 : score < 1.5 ? 1 : 2,
            };
        }

        string[] classes = task switch { LearningTask.Regression => [], LearningTask.BinaryClassification => ["no", "yes"], _ => ["low", "middle", "high"] };
        Features = new FeatureSet([.. columns.Select((_, i) => new FeatureInfo($"x{i}"))], [.. columns.Select(column => (ReadOnlyMemory<float>)column)]);
        var weights = weighted ? Enumerable.Range(0, rows).Select(_ => (float)(0.2 + random.NextDouble())).ToArray() : default(ReadOnlyMemory<float>);
        int[] all = [.. Enumerable.Range(0, rows)];
        Data = new TrainingData(Features, new Target("y", task, target, classes), all.AsMemory(0, rows - validation), all.AsMemory(rows - validation), weights);
    }

    public FeatureSet Features { get; }

    public TrainingData Data { get; }

    public List<string> Warnings { get; } = [];

    public List<(TraceLevel Level, string Message)> Log { get; } = [];

    public MLNetModel Train(ITrainer trainer, int threads = 1, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        var context = new TrainingContext { Threads = threads, Random = new SeededRandom(seed), Warn = Warnings.Add, Log = (level, message) => Log.Add((level, message)) };
        return (MLNetModel)trainer.TrainAsync(Data, context, cancellationToken).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>[rows, outputs].</summary>
    public float[] Predict(TrainedModel model, int threads = 1)
    {
        var outputs = new float[Features.RowCount * model.OutputCount];
        model.Predict(Features, Enumerable.Range(0, Features.RowCount).ToArray(), outputs, threads);
        return outputs;
    }
}
