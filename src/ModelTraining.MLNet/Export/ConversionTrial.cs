namespace ModelTraining;

/// <summary>Trains an algorithm on a few rows to learn whether its model has a form in ONNX: no other way tells it of an estimator that someone else makes.</summary>
internal static class ConversionTrial
{
    private const int RowsOfEach = 32;

    /// <returns>Why the model will have no form in ONNX; null when it will have one, or when a few rows do not tell.</returns>
    public static string? Problem(Algorithm algorithm, TrainingData data, int seed, CancellationToken cancellationToken)
    {
        var rows = Rows(data);
        using var scope = new ContextScope(seed, new TrainingContext(), cancellationToken);
        var request = new FitRequest(
            scope.Context, data.Target, new FeatureView(data, rows, keepRows: false, cancellationToken), null, data.Weights.IsEmpty ? null : FeatureView.Weight, Threads: 1, seed);
        try
        {
            var transformer = Fitting.Run(algorithm.Name, () => Fitting.Calibrated(request, algorithm.Fit(request)), cancellationToken);
            return GamGraph.Has(transformer) ? null : new ConvertedModel(scope.Context, transformer, new FeatureView(data.Features, default).Schema, MLNetModel.OutputOf(data.Target.Task)).Problem;
        }
        catch (ModelTrainingException)
        {
            return null; // too few rows may be all that is wrong: what is will be told when all of them train
        }
    }

    /// <summary>The first rows of each class, or of all.</summary>
    private static int[] Rows(TrainingData data)
    {
        var target = data.Target;
        var taken = new int[Math.Max(1, target.Classes.Count)];
        var rows = new List<int>();
        foreach (var row in data.TrainingRows.Span)
        {
            ref var count = ref taken[target.Task == LearningTask.Regression ? 0 : (int)target.Values[row]];
            if (count++ < RowsOfEach) rows.Add(row);
            if (rows.Count == RowsOfEach * taken.Length) break;
        }

        return [.. rows];
    }
}
