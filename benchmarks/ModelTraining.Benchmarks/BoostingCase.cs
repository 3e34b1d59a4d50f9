using System.Runtime.InteropServices;

namespace ModelTraining.Benchmarks;

/// <summary>What ours and the peers learn from: the first rows are for training, the others for testing.</summary>
/// <param name="Name">What its figures are called.</param>
/// <param name="Features">The features.</param>
/// <param name="Columns">The features' values.</param>
/// <param name="Target">Classes 0 and 1, or numbers.</param>
/// <param name="Task">Two classes or a number.</param>
/// <param name="TrainingRows">How many rows are for training.</param>
/// <param name="Defaults">Whether everyone runs with their own defaults, and not with 100 trees of 31 leaves at a learning rate of 0.1.</param>
internal sealed record BoostingCase(string Name, FeatureInfo[] Features, float[][] Columns, float[] Target, LearningTask Task, int TrainingRows, bool Defaults)
{
    public int Rows => Target.Length;

    public int[] TestRows => [.. Enumerable.Range(TrainingRows, Rows - TrainingRows)];

    /// <summary>What is said of the test rows: auc, more is better, or rmse.</summary>
    public string Quality => Task == LearningTask.Regression ? "rmse" : "auc";

    public TrainingData Data() => new(
        new FeatureSet(Features, [.. Columns.Select(column => (ReadOnlyMemory<float>)column)]),
        new Target("target", Task, Target, Task == LearningTask.Regression ? [] : ["0", "1"]),
        Enumerable.Range(0, TrainingRows).ToArray(),
        ReadOnlyMemory<int>.Empty);

    /// <summary>Writes 32-bit numbers, column after column and the target last, for peers to read.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        foreach (var column in Columns.Append(Target)) file.Write(MemoryMarshal.AsBytes(column.AsSpan()));
    }
}
