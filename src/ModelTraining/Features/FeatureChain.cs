using System.Globalization;

namespace ModelTraining;

/// <summary>Fits one transform after the other, each on what the one before it made of the training rows. Not thread-safe.</summary>
internal sealed class FeatureChain
{
    private readonly List<IFittedTransform> _steps;
    private readonly HashSet<string> _raw;
    private readonly Target _target;
    private readonly TrainerNeeds _needs;
    private readonly StageContext _stage;
    private readonly CancellationToken _cancellationToken;
    private ReadOnlyMemory<int> _rows;
    private int _fitted;

    public FeatureChain(Table table, ReadOnlyMemory<int> trainingRows, Target target, TrainerNeeds needs, StageContext stage, CancellationToken cancellationToken)
    {
        (Table, _rows, _target, _needs, _stage, _cancellationToken) = (table, trainingRows, target, needs, stage, cancellationToken);
        _steps = [.. stage.Repairs];
        _raw = [.. table.Schema.Select(column => column.Name)];
    }

    /// <summary>The table as the steps so far left it.</summary>
    public Table Table { get; private set; }

    /// <summary>The rows that may be learned from.</summary>
    public TableView Training => Table.View(_rows);

    /// <summary>The features of a type.</summary>
    public List<string> Columns(ColumnType type) => [.. Table.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type == type).Select(column => column.Name)];

    /// <summary>Whether the table came with a column of this name.</summary>
    public bool IsRaw(string column) => _raw.Contains(column);

    /// <summary>The features that are positions of categories.</summary>
    public HashSet<string> Categories() => [.. _steps.OfType<IDescribesFeatures>().SelectMany(step => step.Features).Where(feature => feature.Kind == FeatureKind.Category).Select(feature => feature.Name)];

    /// <summary>The features that are quantities.</summary>
    public List<string> Quantities()
    {
        var categories = Categories();
        return [.. Table.Schema.WithRole(ColumnRole.Feature).Select(column => column.Name).Where(name => !categories.Contains(name))];
    }

    /// <summary>Fits and applies a transform.</summary>
    public void Fit(ITransform transform)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var view = Training;
        var fitted = transform.Fit(view, new FitContext
        {
            Target = TargetOf(view.Rows),
            Needs = _needs,
            Random = _stage.Random.Fork(string.Create(CultureInfo.InvariantCulture, $"fit {_fitted++}")),
            Threads = _stage.Threads,
            Warn = _stage.Warn,
        });
        if (fitted is IRowFilter filter) _rows = filter.Keep(view);
        if (_rows.IsEmpty) throw new ModelTrainingException("MT2212", $"'{transform.Name}' leaves no row to learn from. Choose a treatment that drops fewer rows.");
        _steps.Add(fitted);
        Table = fitted.ApplyInTraining(Table);
    }

    /// <summary>Applies a step that has nothing to learn.</summary>
    public void Add(IFittedTransform step)
    {
        _steps.Add(step);
        Table = step.Apply(Table);
    }

    /// <summary>The features: all columns of that role, in their order.</summary>
    /// <param name="raw">The columns that the first step met.</param>
    public FeatureFit Finish(Schema raw)
    {
        var described = _steps.OfType<IDescribesFeatures>().SelectMany(step => step.Features).ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var features = Table.Schema.WithRole(ColumnRole.Feature).Select(column => described.GetValueOrDefault(column.Name) ?? new FeatureInfo(column.Name)).ToArray();
        if (features.Length == 0) throw new ModelTrainingException("MT2211", $"None of the {raw.Count} columns is left to learn from. See the cleaning's report for what was taken out, and keep what should stay.");
        return new FeatureFit(new FittedFeatures([.. _steps], features, raw), FittedFeatures.Assemble(Table, features), _rows);
    }

    private Target TargetOf(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length];
        var all = _target.Values;
        for (var i = 0; i < values.Length; i++) values[i] = all[rows[i]];
        return new Target(_target.Column, _target.Task, values, _target.Classes);
    }
}
