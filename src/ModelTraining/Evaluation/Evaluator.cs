namespace ModelTraining;

/// <summary>Evaluates models for one target. Made before training, so that a metric that does not fit is known before the work and not after it.</summary>
internal sealed class Evaluator
{
    private const int BatchValues = 1 << 18; // a megabyte of outputs at a time
    private const int ShownClasses = 5;

    private readonly Target _target;
    private readonly IReadOnlyList<IMetric> _metrics;
    private readonly EvaluateOptions _options;

    /// <exception cref="ModelTrainingException">MT1302: a metric is not defined for the target's task.</exception>
    public Evaluator(EvaluateOptions options, Target target)
    {
        if (options.Validate(target.Task).ToList() is { Count: > 0 } problems) throw new ModelTrainingException(problems);
        (_target, _metrics, _options) = (target, options.MetricsFor(target.Task), options);
    }

    /// <param name="model">What to evaluate.</param>
    /// <param name="data">The features, the target, the weights, and the training rows that the baseline is made from.</param>
    /// <param name="rows">The rows to evaluate on.</param>
    /// <param name="source">Where the rows come from; null where there are no slices and nothing to compare with.</param>
    /// <param name="threads">How many threads to use at most. The result does not depend on it.</param>
    /// <param name="threshold">Of two classes, the least probability of the second at which it is predicted; null where the more probable one is.</param>
    /// <param name="warn">Told what is not defined, and why.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public Evaluation Evaluate(
        TrainedModel model, TrainingData data, ReadOnlyMemory<int> rows, EvaluatedSource? source, int threads, float? threshold, Action<string> warn, CancellationToken cancellationToken)
    {
        var calibrated = model as CalibratedModel;
        var evaluated = Predict(calibrated?.Inner ?? model, data, rows, threads, threshold, cancellationToken);
        var before = calibrated is null ? null : CalibrationSums.Start(_target.Classes.Count);
        before?.Update(evaluated.Batch());
        calibrated?.Map.Apply(evaluated.Outputs, _target.OutputCount);
        return Evaluate(evaluated, before?.Bins() ?? [], BaselineGuess.From(data), source, threads, warn);
    }

    /// <param name="evaluated">The rows with what was said of them.</param>
    /// <param name="before">How well calibrated they were before they were calibrated; empty where they were not.</param>
    /// <param name="guess">What the baseline says of every row.</param>
    /// <param name="source">Where the rows come from; null where there are no slices and nothing to compare with.</param>
    /// <param name="threads">How many threads to use at most. The result does not depend on it.</param>
    /// <param name="warn">Told what is not defined, and why.</param>
    public Evaluation Evaluate(EvaluatedRows evaluated, IReadOnlyList<CalibrationBin> before, float[] guess, EvaluatedSource? source, int threads, Action<string> warn)
    {
        var measured = new Measurement(_metrics, _target.Classes.Count);
        var confusion = _target.Task == LearningTask.Regression ? null : measured.Statistic<ConfusionCounts>();
        var calibration = _target.Task == LearningTask.Regression ? null : measured.Statistic<CalibrationSums>();
        var sample = _target.Task == LearningTask.Regression ? new PredictionSample(evaluated.Count) : null;
        measured.Update(evaluated.Batch());
        sample?.Add(evaluated.Targets, evaluated.Outputs);
        var withoutNumber = CountWithoutNumber(evaluated.Outputs, _target.OutputCount);

        var values = measured.Compute();
        var counts = confusion?.Classes() ?? [];
        var (slices, tooSmall) = source is null ? ([], 0) : Slicer.Slice(_options, _metrics, evaluated, source, threads);
        Warn(warn, evaluated.Count, withoutNumber, counts, values);
        return new Evaluation(_target.Column, _target.Task, evaluated.Count, _metrics, values, Baseline(guess, evaluated))
        {
            Rows = evaluated,
            Origins = source?.Origins ?? [],
            Resamples = _options.ResamplesOf(evaluated.Count, _target.Classes.Count),
            Slices = slices,
            SlicesTooSmall = tooSmall,
            MinSliceRows = _options.MinSliceRows,
            Threads = threads,
            ConfusionMatrix = confusion is null ? null : new ConfusionMatrix(_target.Classes, confusion),
            PerClass = [.. counts.Select((count, i) => new ClassMetrics(_target.Classes[i], count.Precision, count.Recall, count.F1, count.Actual))],
            Curves = confusion is null ? [] : Curves(measured.Statistic<RankedScores>()),
            Calibration = calibration?.Bins() ?? [],
            CalibrationBefore = before,
            Sample = sample?.Values ?? [],
        };
    }

    /// <summary>The metrics alone, by their keys.</summary>
    public IReadOnlyDictionary<string, double> Measure(EvaluatedRows rows)
    {
        var measured = new Measurement(_metrics, rows.ClassCount);
        measured.Update(rows.Batch());
        return ByKey(measured.Compute());
    }

    /// <summary>The metrics of a guess that is the same for every row.</summary>
    public IReadOnlyDictionary<string, double> MeasureBaseline(float[] guess, EvaluatedRows rows) => ByKey(Baseline(guess, rows));

    /// <summary>What a model says of rows.</summary>
    public EvaluatedRows Predict(TrainedModel model, TrainingData data, ReadOnlyMemory<int> rows, int threads, float? threshold, CancellationToken cancellationToken)
    {
        var width = _target.OutputCount;
        var batchRows = Math.Max(1, BatchValues / width);
        var (targets, outputs, weights) = (new float[rows.Length], new float[rows.Length * width], new float[data.Weights.IsEmpty ? 0 : rows.Length]);
        for (var start = 0; start < rows.Length; start += batchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = rows.Span.Slice(start, Math.Min(batchRows, rows.Length - start));
            model.Predict(data.Features, batch, outputs.AsSpan(start * width, batch.Length * width), threads);
        }

        for (var i = 0; i < targets.Length; i++) targets[i] = _target.Values[rows.Span[i]];
        for (var i = 0; i < weights.Length; i++) weights[i] = data.Weights[rows.Span[i]];
        return new EvaluatedRows(targets, outputs, weights, _target.Classes.Count, threshold);
    }

    /// <summary>What a guess reaches that is the same for every row, and knows no threshold either.</summary>
    private double[] Baseline(float[] guess, EvaluatedRows rows)
    {
        var batchRows = Math.Max(1, BatchValues / guess.Length);
        var guesses = new float[Math.Min(batchRows, rows.Count) * guess.Length];
        for (var i = 0; i < guesses.Length; i++) guesses[i] = guess[i % guess.Length];
        var baseline = new Measurement(_metrics, rows.ClassCount);
        for (var start = 0; start < rows.Count; start += batchRows)
        {
            var count = Math.Min(batchRows, rows.Count - start);
            var weights = rows.Weights.Length == 0 ? [] : rows.Weights.AsSpan(start, count);
            baseline.Update(new PredictionBatch(rows.Targets.AsSpan(start, count), guesses.AsSpan(0, count * guess.Length), weights));
        }

        return baseline.Compute();
    }

    private OrderedDictionary<string, double> ByKey(double[] values) => new(_metrics.Zip(values, (metric, value) => KeyValuePair.Create(metric.Key, value)));

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
