using System.Runtime.InteropServices;

namespace ModelTraining.Benchmarks;

/// <summary>
/// Two classes from 28 normal features, of which seven matter, in curves and in pairs, with noise: as many columns as the HIGGS data, and like it not
/// to be told apart by any one of them.
/// </summary>
internal sealed class SyntheticClasses
{
    public const int FeatureCount = 28;

    public SyntheticClasses(int rows, ulong seed)
    {
        var random = new SeededRandom(seed);
        Columns = new float[FeatureCount][];
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            Columns[feature] = new float[rows];
            foreach (ref var value in Columns[feature].AsSpan()) value = (float)random.NextNormal();
        }

        Target = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            double X(int feature) => Columns[feature][row];
            var score = (X(0) * X(1)) + Math.Sin(2 * X(2)) + (0.5 * X(3) * X(3)) - (0.5 * Math.Abs(X(4))) + (0.3 * X(5) * X(6));
            Target[row] = score + (0.5 * random.NextNormal()) > 0.3 ? 1 : 0;
        }
    }

    public float[][] Columns { get; }

    public float[] Target { get; }

    public int Rows => Target.Length;

    public FeatureSet Features() => new(
        [.. Enumerable.Range(0, FeatureCount).Select(feature => new FeatureInfo($"f{feature}"))],
        [.. Columns.Select(column => (ReadOnlyMemory<float>)column)]);

    public TrainingData Data(int trainingRows) => new(
        Features(),
        new Target("class", LearningTask.BinaryClassification, Target, ["0", "1"]),
        Enumerable.Range(0, trainingRows).ToArray(),
        ReadOnlyMemory<int>.Empty);

    /// <summary>Writes 32-bit numbers, column after column and the target last, for peers to read.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        foreach (var column in Columns.Append(Target)) file.Write(MemoryMarshal.AsBytes(column.AsSpan()));
    }
}
