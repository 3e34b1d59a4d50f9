using System.Globalization;

namespace ModelTraining;

/// <summary>Explains the model of a run.</summary>
internal sealed class ModelExplainer(RunState state)
{
    private const int MostRows = 1000;
    private const int FewestRows = 25;

    /// <summary>About a second of one core.</summary>
    private const long MostOperations = 1_000_000_000;

    /// <summary>Rows that are explained between two looks at progress and cancellation take about a tenth of that.</summary>
    private const long OperationsOfBatch = MostOperations / 10;

    /// <summary>A calibration moves all rows' probabilities alike: what is explained comes before it.</summary>
    private IExplainableModel? Explained => (state.Model is CalibratedModel calibrated ? calibrated.Inner : state.Model) as IExplainableModel;

    /// <summary>What the report shows where nobody has asked for more: the SHAP values of some test rows, null where the model has none.</summary>
    public Explanation? ByDefault() => Explained is not null ? Explain(new ExplainOptions { Repeats = 0 }, null, CancellationToken.None) : null;

    /// <exception cref="ModelTrainingException">MT1440 to MT1442: options are wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public Explanation Explain(ExplainOptions options, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var problems = options.Validate().Concat(options.Validate(state.Model.Task)).ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        ShapValues? shap = null;
        if (options.Rows != 0 && Explained is { } model)
        {
            shap = Shap(state.Table.Take(Spread(state.ServedRows.Span, options.Rows ?? AffordableRows(model))), progress, cancellationToken);
        }

        var metric = options.Metric ?? Metrics.Primary(state.Model.Task);
        if (options.Repeats == 0) return new Explanation(shap, [], metric.Key, double.NaN);
        if (state.Split.TestRows.IsEmpty) state.Context.Warn("Permutation importances are of rows that the model has learned from: folds have measured, and no test part is left. They say what it goes by there, and may flatter what it has learned by heart.");
        var permutations = new Permutations(state, metric, options.Repeats);
        var importances = permutations.Run(progress, cancellationToken);
        if (double.IsNaN(permutations.Score)) state.Context.Warn($"{metric.Key} is not defined on the test rows, and neither is a column's permutation importance by it. Another 'Metric' of Explain may be.");
        return new Explanation(shap, importances, metric.Key, permutations.Score);
    }

    /// <exception cref="ModelTrainingException">MT2440: the model has no SHAP values. MT2441: too many rows at once. MT2001: a column is missing.</exception>
    public ShapValues Shap(Table rows, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        if (Explained is not { } model)
        {
            throw new ModelTrainingException("MT2440", $"A model of {state.Model.Trainer} has no SHAP values. Those of Trees and Linear have. The permutation importances of Explain work with every model.");
        }

        rows = state.Functions.Complete(rows, state.Functions.All.Select(function => function.Name), static row => FormattableString.Invariant($" in row {row} (counted from 0)"));
        var features = state.Features.Apply(rows);
        var (names, outputs) = (features.Features.Select(feature => feature.Name).ToList(), Outputs());
        var rowValues = outputs.Count * features.Count;
        if ((long)rows.RowCount * rowValues > Array.MaxLength)
        {
            throw new ModelTrainingException("MT2441", string.Create(CultureInfo.InvariantCulture, $"{rows.RowCount} rows of {features.Count} features and {outputs.Count} outputs have more SHAP values than an array holds. Explain at most {Array.MaxLength / rowValues} rows at a time."));
        }

        var values = new float[rows.RowCount * rowValues];
        var all = new int[rows.RowCount];
        for (var row = 0; row < all.Length; row++) all[row] = row;
        var batch = (int)Math.Clamp(OperationsOfBatch * state.Plan.Threads / Math.Max(1, model.OperationsPerRow), FewestRows, Array.MaxLength);
        var started = state.Plan.Time.GetTimestamp();
        for (var first = 0; first < all.Length; first += batch)
        {
            var taken = Math.Min(batch, all.Length - first);
            model.Explain(features, all.AsMemory(first, taken), values.AsMemory(first * rowValues, taken * rowValues), state.Plan.Threads, cancellationToken);
            progress?.Report(new TrainingProgress { Stage = "Explain", Completed = first + taken, Total = all.Length, Unit = "rows", Elapsed = state.Plan.Time.GetElapsedTime(started) });
        }

        return new ShapValues(names, Columns(), outputs, state.Model is CalibratedModel ? $"{model.ExplainedUnit} before calibration" : model.ExplainedUnit, model.BaseValues, rows, values);
    }

    private IReadOnlyList<string> Outputs() => state.Model.Task switch
    {
        LearningTask.Regression => [state.Target.Column],
        LearningTask.BinaryClassification => [state.Model.Classes[1]],
        _ => state.Model.Classes,
    };

    /// <summary>Of each feature the one column that it is made of, or its own name.</summary>
    private List<string> Columns() => [.. state.Features.Origins.Select((origins, feature) => origins.Count == 1 ? origins.First() : state.Features.Features[feature].Name)];

    private static int AffordableRows(IExplainableModel model) => (int)Math.Clamp(MostOperations / Math.Max(1, model.OperationsPerRow), FewestRows, MostRows);

    private static int[] Spread(ReadOnlySpan<int> rows, int most)
    {
        var taken = new int[Math.Min(most, rows.Length)];
        for (var i = 0; i < taken.Length; i++) taken[i] = rows[(int)((long)i * rows.Length / taken.Length)];
        return taken;
    }
}
