using System.Runtime.ExceptionServices;
using Microsoft.ML.OnnxRuntime;

namespace ModelTraining;

/// <summary>Runs the part of a model that makes features of raw rows.</summary>
internal static class FeatureMatrix
{
    private const int BatchRows = 4096;

    /// <summary>The features of all rows, column after column.</summary>
    /// <param name="graph">The bytes of a graph whose output is called as that of a regression, floats [batch, features].</param>
    /// <param name="inputs">What the graph takes.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="table">The raw rows, with the inputs and no other column.</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <exception cref="ModelTrainingException">MT2501, MT2503: a column is missing, or a value does not fit its column.</exception>
    public static float[][] Of(byte[] graph, IReadOnlyList<ModelInput> inputs, int features, Table table, int threads)
    {
        var manifest = new ModelManifest { Task = LearningTask.Regression, Trainer = "", Inputs = inputs };
        using var session = new ModelSession(manifest, options => new InferenceSession(graph, options), features);
        var rows = new TableRows(table, new InputColumns(manifest));
        var columns = new float[features][];
        for (var feature = 0; feature < features; feature++) columns[feature] = new float[rows.Count];
        try
        {
            Parallel.For(0, (rows.Count + BatchRows - 1) / BatchRows, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            {
                var start = i * BatchRows;
                using var batch = session.Create(Math.Min(BatchRows, rows.Count - start));
                rows.Fill(batch, start);
                session.Run(batch);
                var scores = batch.Scores;
                for (var row = 0; row < batch.Rows; row++)
                {
                    for (var feature = 0; feature < features; feature++) columns[feature][start + row] = scores[(row * features) + feature];
                }
            });
        }
        catch (AggregateException exception)
        {
            // Several threads may have met a wrong value; one is enough to say.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return columns;
    }
}
