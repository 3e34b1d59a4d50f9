namespace ModelTraining.Tests.FineTuning;

/// <summary>Trainings that are stopped, with a checkpoint after every update.</summary>
internal static class StoppedTraining
{
    /// <summary>Four columns, two classes.</summary>
    public static TrainingData Rows(int rows)
    {
        ReadOnlyMemory<float> Column(int k) => Enumerable.Range(0, rows).Select(i => (float)Math.Sin((i * (k + 1)) + k)).ToArray();
        var features = new FeatureSet([.. "abcd".Select(name => new FeatureInfo(name.ToString()))], [.. Enumerable.Range(0, 4).Select(Column)]);
        var target = new Target("y", LearningTask.BinaryClassification, Enumerable.Range(0, rows).Select(i => Math.Sin(i) + Math.Cos(3 * i) > 0 ? 1f : 0).ToArray(), ["no", "yes"]);
        return new TrainingData(features, target, Enumerable.Range(0, rows * 3 / 4).ToArray(), Enumerable.Range(rows * 3 / 4, rows - (rows * 3 / 4)).ToArray());
    }

    public static TrainingContext Context(string folder, IProgress<TrainingProgress>? progress = null) =>
        new() { Checkpoints = new CheckpointSettings(folder) { Every = TimeSpan.Zero }, Progress = progress, Time = new Hurried() };

    /// <summary>Trains until so many batches are done.</summary>
    public static async Task RunAsync(ITrainer trainer, TrainingData data, string folder, int batches)
    {
        using var cancel = new CancellationTokenSource();
        var stopped = await trainer.TrainAsync(data, Context(folder, new Stop(cancel, batches)), cancel.Token);
        Assert.That(stopped.Status, Is.EqualTo(RunStatus.Cancelled));
    }

    private sealed class Stop(CancellationTokenSource cancel, int batches) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Completed >= batches) cancel.Cancel();
        }
    }

    /// <summary>A second goes by whenever somebody looks.</summary>
    private sealed class Hurried : TimeProvider
    {
        private long _seconds;

        public override long GetTimestamp() => ++_seconds * TimestampFrequency;
    }
}
