namespace ModelTraining;

/// <summary>Evaluates models for one target. Made before training, so that a metric that does not fit is known before the work and not after it.</summary>
internal sealed class Evaluator
{
    private const int BatchValues = 1 << 18; // a megabyte of outputs at a time
    private const int ShownClasses = 5;

    private readonly Target _target;
    private readonly IReadOnlyList<IMetric> _metrics;

    /// <exception cref="ModelTrainingException">MT1302: a metric is not defined for the target's task.</exception>
    public Evaluator(EvaluateOptions options, Target target)
    {
        if (options.Validate(target.Task).ToList() is { Count: > 0 } problems) throw new ModelTrainingException(problems);
        (_target, _metrics) = (target, options.MetricsFor(target.Task));
    }

    /// <param name="model">What to evaluate.</param>
    /// <param name="data">The features, the target, the weights, and the training rows that the baseline is made from.</param>
    /// <param name="rows">The rows to evaluate on.</param>
    /// <param name="threads">How many threads to use at most. The result does not depend on it.</param>
    /// <param name="warn">Told what is not defined, and why.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public Evaluation Evaluate(
        TrainedModel model, TrainingData data, ReadOnlyMemory<int> rows, int threads, Action<string> warn, CancellationToken cancellationToken)
    {
        var measured = new Measurement(_metrics, _target.Classes.Count);
        var confusion = _target.Task == LearningTask.Regression ? null : measured.Statistic<ConfusionCounts>();
        var calibration = _target.Task == LearningTask.Regression ? null : measured.Statistic<CalibrationSums>();
        var sample = _target.Task == LearningTask.Regression ? new PredictionSample(rows.Length) : null;
        var baseline = new Measurement(_metrics, _target.Classes.Count);
        var guess = BaselineGuess.From(data);

        var width = _target.OutputCount;
        var batchRows = Math.Min(rows.Length, Math.Max(1, BatchValues / width));
        var outputs = new float[batchRows * width];
        var guesses = new float[batchRows * width];
        for (var i = 0; i < guesses.Length; i++) guesses[i] = guess[i % width];
        var targets = new float[batchRows];
        var weights = new float[data.Weights.IsEmpty ? 0 : batchRows];
        var withoutNumber = 0;
        for (var start = 0; start < rows.Length; start += batchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = rows.Span.Slice(start, Math.Min(batchRows, rows.Length - start));
            var batchOutputs = outputs.AsSpan(0, batch.Length * width);
            model.Predict(data.Features, batch, batchOutputs, threads);
            for (var i = 0; i < batch.Length; i++) targets[i] = _target.Values[batch[i]];
            if (weights.Length > 0) for (var i = 0; i < batch.Length; i++) weights[i] = data.Weights[batch[i]];
            var batchWeights = weights.AsSpan(0, weights.Length > 0 ? batch.Length : 0);
            withoutNumber += CountWithoutNumber(batchOutputs, width);
            measured.Update(new PredictionBatch(targets.AsSpan(0, batch.Length), batchOutputs, batchWeights));
            sample?.Add(targets.AsSpan(0, batch.Length), batchOutputs);
            baseline.Update(new PredictionBatch(targets.AsSpan(0, batch.Length), guesses.AsSpan(0, batch.Length * width), batchWeights));
        }

        var values = measured.Compute();
        var counts = confusion?.Classes() ?? [];
        Warn(warn, rows.Length, withoutNumber, counts, values);
        return new Evaluation(_target.Column, _target.Task, rows.Length, _metrics, values, baseline.Compute())
        {
            ConfusionMatrix = confusion is null ? null : new ConfusionMatrix(_target.Classes, confusion),
            PerClass = [.. counts.Select((count, i) => new ClassMetrics(_target.Classes[i], count.Precision, count.Recall, count.F1, count.Actual))],
            Curves = confusion is null ? [] : Curves(measured.Statistic<RankedScores>()),
            Calibration = calibration?.Bins() ?? [],
            Sample = sample?.Values ?? [],
        };
    }

    private List<ClassCurve> Curves(RankedScores scores)
    {
        var curves = new List<ClassCurve>();
        for (var i = _target.Classes.Count == 2 ? 1 : 0; i < _target.Classes.Count; i++)
        {
            var ranking = scores.Rank(i);
            if (ranking.Points.Count > 0) curves.Add(new ClassCurve(_target.Classes[i], ranking.AreaUnderRocCurve, ranking.AveragePrecision, ranking.Points));
        }

        return curves;
    }

    private void Warn(Action<string> warn, int rows, int withoutNumber, ClassCounts[] counts, double[] values)
    {
        if (withoutNumber > 0) warn($"The model gave {withoutNumber} of {rows} evaluated rows an output that is no finite number.");
        var absent = _target.Classes.Where((_, i) => counts[i].Actual == 0).Select(name => $"'{name}'").ToList();
        if (rows > 0 && absent.Count > 0)
        {
            var names = string.Join(", ", absent.Take(ShownClasses)) + (absent.Count > ShownClasses ? $" and {absent.Count - ShownClasses} more" : "");
            warn($"None of the evaluated rows is of class {names}: the metrics do not say how well such rows are predicted. A larger test part may have some.");
        }

        var undefined = _metrics.Where((_, i) => double.IsNaN(values[i])).Select(metric => metric.Key).ToList();
        if (undefined.Count > 0) warn($"Not defined on the {rows} evaluated rows, and so NaN: {string.Join(", ", undefined)}.");
    }

    private static int CountWithoutNumber(ReadOnlySpan<float> outputs, int width)
    {
        var count = 0;
        for (var start = 0; start < outputs.Length; start += width)
        {
            foreach (var output in outputs.Slice(start, width))
            {
                if (float.IsFinite(output)) continue;
                count++;
                break;
            }
        }

        return count;
    }
}
