using System.Globalization;
using System.IO.Enumeration;

namespace ModelTraining;

/// <summary>Fits one transform after the other, each on what the one before it made of the training rows. Not thread-safe.</summary>
internal sealed class FeatureChain
{
    private const int MostNames = 20;

    private readonly List<IFittedTransform> _steps;
    private readonly HashSet<string> _raw;
    private readonly HashSet<string> _booleans;
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
        _booleans = [.. Columns(ColumnType.Boolean)];
    }

    /// <summary>How much each row counts; empty when all count alike.</summary>
    public ReadOnlyMemory<float> Weights { get; init; }

    /// <summary>The table as the steps so far left it.</summary>
    public Table Table { get; private set; }

    /// <summary>The rows that may be learned from.</summary>
    public TableView Training => Table.View(_rows);

    /// <summary>The features of a type.</summary>
    public List<string> Columns(ColumnType type) => [.. Table.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type == type).Select(column => column.Name)];

    /// <summary>Whether the table came with a column of this name.</summary>
    public bool IsRaw(string column) => _raw.Contains(column);

    /// <summary>Whether a column is there to make a feature of. One that cleaning took out is none, with a warning.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column. MT2240: it is of another type. MT2241: it is no feature.</exception>
    public bool Has(string column, string feature, params ReadOnlySpan<ColumnType> types)
    {
        if (!Table.Schema.Contains(column) && IsRaw(column))
        {
            _stage.Warn($"The feature {feature} is left out: cleaning took column '{column}' out, or a step before it turned it into others. Name it in '{nameof(CleanOptions.Keep)}' of Clean if it should stay.");
            return false;
        }

        var info = Table.Schema[column];
        if (info.Role != ColumnRole.Feature) throw new ModelTrainingException("MT2241", $"The feature {feature} is made of column '{column}', whose role is {info.Role}: a model is not given it. Name another column.");
        if (types.Contains(info.Type)) return true;
        throw new ModelTrainingException("MT2240", $"The feature {feature} is made of {(types.Contains(ColumnType.Number) ? "numbers" : types[0] == ColumnType.Text ? "text" : "dates")}, and column '{column}' is of type {info.Type}. Name another column, or have it read as what it is.");
    }

    /// <summary>The features of the source whose names match a pattern, in which a star stands for any characters.</summary>
    /// <exception cref="ModelTrainingException">MT2242: there is none of these types.</exception>
    public List<string> Matching(string pattern, string feature, params ReadOnlySpan<ColumnType> types)
    {
        var found = new List<string>();
        foreach (var column in Table.Schema.WithRole(ColumnRole.Feature))
        {
            if (IsRaw(column.Name) && types.Contains(column.Type) && FileSystemName.MatchesSimpleExpression(pattern, column.Name, ignoreCase: false)) found.Add(column.Name);
        }

        return found.Count > 0 ? found : throw new ModelTrainingException("MT2242", $"No column of a fitting type matches '{pattern}' of the feature {feature}. The features are {string.Join(", ", Table.Schema.WithRole(ColumnRole.Feature).Take(MostNames).Select(column => $"'{column.Name}'"))}.");
    }

    /// <summary>The features that are positions of categories.</summary>
    public HashSet<string> Categories() => [.. _steps.OfType<IDescribesFeatures>().SelectMany(step => step.Features).Where(feature => feature.Kind == FeatureKind.Category).Select(feature => feature.Name)];

    /// <summary>The features that are neither filled nor scaled.</summary>
    public HashSet<string> Prepared() => [.. _steps.OfType<IPreparedColumns>().SelectMany(step => step.Prepared)];

    /// <summary>The columns of text whose words are features.</summary>
    public HashSet<string> Worded() => [.. _steps.OfType<FittedTfIdf>().SelectMany(step => step.Columns)];

    /// <summary>The features that are quantities to be scaled.</summary>
    public List<string> Quantities()
    {
        HashSet<string> others = [.. Categories(), .. Prepared()];
        return [.. Table.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type != ColumnType.Tensor).Select(column => column.Name).Where(name => !others.Contains(name))];
    }

    /// <summary>Fits and applies a transform.</summary>
    public void Fit(ITransform transform)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var view = Training;
        var fitted = transform.Fit(view, new FitContext
        {
            Target = TargetOf(view.Rows),
            Weights = WeightsOf(view.Rows),
            Needs = _needs,
            Random = _stage.Random.Fork(string.Create(CultureInfo.InvariantCulture, $"fit {_fitted++}")),
            Threads = _stage.Threads,
            Warn = _stage.Warn,
        });
        if (fitted is IRowFilter filter) _rows = filter.Keep(view);
        if (_rows.IsEmpty) throw new ModelTrainingException("MT2212", $"'{transform.Name}' leaves no row to learn from. Choose a treatment that drops fewer rows.");
        _steps.Add(fitted);
        Table = fitted.ApplyInTraining(Table);
        _booleans.UnionWith(Columns(ColumnType.Boolean));
    }

    /// <summary>Applies a step that has nothing to learn.</summary>
    public void Add(IFittedTransform step)
    {
        _steps.Add(step);
        Table = step.Apply(Table);
        _booleans.UnionWith(Columns(ColumnType.Boolean));
    }

    /// <summary>The features: all columns of that role, in their order.</summary>
    /// <param name="raw">The columns that the first step met.</param>
    public FeatureFit Finish(Schema raw)
    {
        var described = _steps.OfType<IDescribesFeatures>().SelectMany(step => step.Features).ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var columns = Table.Schema.WithRole(ColumnRole.Feature)
            .Select(column => Table[column.Name] is TensorColumn tensors ? FeatureColumn.Of(tensors) : FeatureColumn.Of(described.GetValueOrDefault(column.Name) ?? new FeatureInfo(column.Name))).ToArray();
        if (columns.Length == 0) throw new ModelTrainingException("MT2211", $"None of the {raw.Count} columns is left to learn from. See the cleaning's report for what was taken out, and keep what should stay.");
        var features = columns.SelectMany(column => column.Features).ToArray();
        var prepared = Prepared();
        var fitted = new FittedFeatures([.. _steps], columns, raw) { Nominal = Nominal(features), Prepared = features.Index().Where(pair => prepared.Contains(pair.Item.Name)).Select(pair => pair.Index).ToHashSet() };
        return new FeatureFit(fitted, FittedFeatures.Assemble(Table, columns), _rows);
    }

    /// <summary>Positions of categories, what was a boolean before it was scaled, and columns of 0 and 1 that are one text together.</summary>
    private List<IReadOnlyList<int>> Nominal(FeatureInfo[] features)
    {
        var positions = features.Index().ToDictionary(pair => pair.Item.Name, pair => pair.Index, StringComparer.Ordinal);
        List<IReadOnlyList<int>> nominal = [.. features.Index().Where(pair => pair.Item.Kind == FeatureKind.Category || _booleans.Contains(pair.Item.Name)).Select(pair => (IReadOnlyList<int>)[pair.Index])];
        foreach (var group in _steps.OfType<FittedOneHot>().SelectMany(step => step.Groups))
        {
            if (group.Where(positions.ContainsKey).Select(name => positions[name]).ToList() is { Count: > 0 } columns) nominal.Add(columns);
        }

        return nominal;
    }

    private float[] WeightsOf(ReadOnlySpan<int> rows)
    {
        if (Weights.IsEmpty) return [];
        var weights = new float[rows.Length];
        for (var i = 0; i < weights.Length; i++) weights[i] = Weights.Span[rows[i]];
        return weights;
    }

    private Target TargetOf(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length];
        var all = _target.Values;
        for (var i = 0; i < values.Length; i++) values[i] = all[rows[i]];
        return new Target(_target.Column, _target.Task, values, _target.Classes);
    }
}
