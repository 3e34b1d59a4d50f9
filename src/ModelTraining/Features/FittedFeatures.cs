using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>All that stands between a raw row and the numbers that a model takes, fitted. Immutable and safe to use from many threads.</summary>
internal sealed class FittedFeatures
{
    private readonly IReadOnlyList<IFittedTransform> _steps;
    private readonly Lazy<IReadOnlyList<IReadOnlySet<string>>> _origins;
    private readonly Lazy<IReadOnlyList<string>> _usedColumns;

    /// <param name="steps">Repairs and fitted transforms in the order in which they are made.</param>
    /// <param name="features">The features, which are columns of the table that the last step leaves.</param>
    /// <param name="raw">The columns that the first step meets.</param>
    public FittedFeatures(IReadOnlyList<IFittedTransform> steps, IReadOnlyList<FeatureInfo> features, Schema raw)
    {
        (_steps, Features) = (steps, features);
        Nominal = [.. features.Index().Where(pair => pair.Item.Kind == FeatureKind.Category).Select(pair => (IReadOnlyList<int>)[pair.Index])];
        _origins = new Lazy<IReadOnlyList<IReadOnlySet<string>>>(() => FeatureOrigins.Of(this, raw));
        _usedColumns = new Lazy<IReadOnlyList<string>>(() => [.. raw.Select(column => column.Name).Where(name => Origins.Any(origins => origins.Contains(name)))]);
    }

    /// <summary>Repairs and fitted transforms in the order in which they are made.</summary>
    public IReadOnlyList<IFittedTransform> Steps => _steps;

    /// <summary>The features in the order in which the model takes them.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>The features that name something, each as the positions of its columns: several of 0 and 1 where it has one for each category. Default: those of the kind that categories are.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Nominal { get; init; }

    /// <summary>The positions of the features whose makers gave them their scale.</summary>
    public IReadOnlySet<int> Prepared { get; init; } = new HashSet<int>();

    /// <summary>The version of the default operator set that the steps need.</summary>
    public int Opset => _steps.OfType<INeedsOpset>().Select(step => step.Opset).Append(Graph.DefaultOpset).Max();

    /// <summary>The raw columns that any feature depends on, in the order of the table: the inputs that an exported model has to have.</summary>
    public IReadOnlyList<string> UsedColumns => _usedColumns.Value;

    /// <summary>The raw columns that each feature is made of.</summary>
    public IReadOnlyList<IReadOnlySet<string>> Origins => _origins.Value;

    /// <summary>The steps in the order in which they are made, each in a line.</summary>
    public IEnumerable<string> Descriptions => _steps.Select(step => step.Description);

    /// <summary>The features of a raw table: one whose columns are of the types that the training data had once it was clean.</summary>
    /// <exception cref="ModelTrainingException">MT2001: a column is missing.</exception>
    public FeatureSet Apply(Table table)
    {
        foreach (var step in _steps) table = step.Apply(table);
        return Assemble(table, Features);
    }

    /// <summary>Writes all steps into a graph.</summary>
    /// <param name="columns">The raw columns, at least <see cref="UsedColumns"/>.</param>
    /// <returns>Float [batch, features], NaN where missing.</returns>
    public Value Emit(GraphColumns columns)
    {
        foreach (var step in _steps) step.Emit(columns);
        return Features.Count == 1 ? columns[Features[0].Name] : Value.Concat([.. Features.Select(feature => columns[feature.Name])], 1);
    }

    /// <summary>Numbers that a table has already are shared with it, not copied.</summary>
    internal static FeatureSet Assemble(Table table, IReadOnlyList<FeatureInfo> features)
    {
        var columns = new ReadOnlyMemory<float>[features.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var column = table[features[i].Name];
            if (column is NumberColumn numbers)
            {
                columns[i] = numbers.Memory;
                continue;
            }

            var values = new float[column.Count];
            column.CopyTo(values);
            columns[i] = values;
            if (table.Spill is { } spill && spill.Keep(columns[i], out var kept)) columns[i] = kept;
        }

        return new FeatureSet(features, columns) { Spill = table.Spill is { IsOn: true } ? table.Spill : null };
    }
}
