using System.Globalization;

namespace ModelTraining;

/// <summary>Measures a model on the test part with one column after the other in random order.</summary>
internal sealed class Permutations
{
    private readonly RunState _state;
    private readonly IMetric _metric;
    private readonly int _repeats;
    private readonly Table _table;
    private readonly float[] _targets;
    private readonly float[] _weights;
    private readonly int[] _rows;
    private readonly SeededRandom _random;

    public Permutations(RunState state, IMetric metric, int repeats)
    {
        (_state, _metric, _repeats) = (state, metric, repeats);
        var test = state.ServedRows.Span;
        _table = state.Table.Take(test);
        _targets = new float[test.Length];
        _weights = new float[state.Weights.IsEmpty ? 0 : test.Length];
        _rows = new int[test.Length];
        for (var i = 0; i < test.Length; i++)
        {
            (_targets[i], _rows[i]) = (state.Target.Values[test[i]], i);
            if (_weights.Length > 0) _weights[i] = state.Weights.Span[test[i]];
        }

        _random = state.Random("permutations");
    }

    /// <summary>The metric of the rows as they are.</summary>
    public double Score { get; private set; } = double.NaN;

    /// <summary>Permutes. Each repeat has random numbers of its own, so that neither their order nor the number of threads matters.</summary>
    public IReadOnlyList<PermutationImportance> Run(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var columns = _state.Features.UsedColumns;
        var (threads, started) = (_state.Plan.Threads, _state.Plan.Time.GetTimestamp());
        cancellationToken.ThrowIfCancellationRequested();
        Score = Measure(_table, threads);
        var losses = new double[columns.Count * _repeats];
        for (var first = 0; first < losses.Length; first += threads)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = first;
            var taken = Math.Min(threads, losses.Length - first);
            ColumnLoop.Run(taken, threads, i => losses[start + i] = Loss(columns[(start + i) / _repeats], (start + i) % _repeats));
            progress?.Report(new TrainingProgress { Stage = "Explain", Completed = first + taken, Total = losses.Length, Unit = "permutations", Elapsed = _state.Plan.Time.GetElapsedTime(started) });
        }

        return [.. columns.Select((column, i) => Importance(column, losses.AsSpan(i * _repeats, _repeats))).OrderByDescending(importance => importance.Mean)];
    }

    private static PermutationImportance Importance(string column, ReadOnlySpan<double> losses)
    {
        var (mean, squares) = (0.0, 0.0);
        foreach (var loss in losses) mean += loss / losses.Length;
        foreach (var loss in losses) squares += (loss - mean) * (loss - mean);
        return new PermutationImportance(column, mean, Math.Sqrt(squares / losses.Length));
    }

    private double Loss(string column, int repeat)
    {
        var order = (int[])_rows.Clone();
        _random.Fork(string.Create(CultureInfo.InvariantCulture, $"{column} {repeat}")).Shuffle(order.AsSpan());
        var permuted = Measure(_table.With(_table[column].Take(order)), 1);
        return _metric.Direction == MetricDirection.HigherIsBetter ? Score - permuted : permuted - Score;
    }

    private double Measure(Table table, int threads)
    {
        var features = _state.Features.Apply(table);
        var outputs = new float[_rows.Length * _state.Model.OutputCount];
        _state.Model.Predict(features, _rows, outputs, threads);
        var measured = new Measurement([_metric], _state.Target.Classes.Count);
        measured.Update(new PredictionBatch(_targets, outputs, _weights, _state.Threshold));
        return measured.Compute()[0];
    }
}
