using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>All that stands between a raw row and the numbers that a model takes, fitted. Immutable and safe to use from many threads.</summary>
internal sealed class FittedFeatures
{
    private readonly IReadOnlyList<IFittedTransform> _steps;
    private readonly IReadOnlyList<FeatureColumn> _columns;
    private readonly Lazy<IReadOnlyList<IReadOnlySet<string>>> _origins;
    private readonly Lazy<IReadOnlyList<string>> _usedColumns;

    /// <param name="steps">Repairs and fitted transforms in the order in which they are made.</param>
    /// <param name="columns">The columns of the table that the last step leaves, and what features they are.</param>
    /// <param name="raw">The columns that the first step meets.</param>
    public FittedFeatures(IReadOnlyList<IFittedTransform> steps, IReadOnlyList<FeatureColumn> columns, Schema raw)
    {
        (_steps, _columns) = (steps, columns);
        Features = [.. columns.SelectMany(column => column.Features)];
        Nominal = [.. Features.Index().Where(pair => pair.Item.Kind == FeatureKind.Category).Select(pair => (IReadOnlyList<int>)[pair.Index])];
        _origins = new Lazy<IReadOnlyList<IReadOnlySet<string>>>(() => FeatureOrigins.Of(this, raw));
        _usedColumns = new Lazy<IReadOnlyList<string>>(() => [.. raw.Select(column => column.Name).Where(name => Origins.Any(origins => origins.Contains(name)))]);
    }

    /// <summary>Repairs and fitted transforms in the order in which they are made.</summary>
    public IReadOnlyList<IFittedTransform> Steps => _steps;

    /// <summary>The features in the order in which the model takes them.</summary>
    public IReadOnlyList<FeatureInfo> Features { get; }

    /// <summary>The columns that the features are made of by the last step.</summary>
    public IReadOnlyList<FeatureColumn> Columns => _columns;

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
        return Assemble(table, _columns);
    }

    /// <summary>Writes all steps into a graph.</summary>
    /// <param name="columns">The raw columns, at least <see cref="UsedColumns"/>.</param>
    /// <returns>Float [batch, features], NaN where missing.</returns>
    public Value Emit(GraphColumns columns)
    {
        foreach (var step in _steps) step.Emit(columns);
        Value[] values = [.. _columns.Select(column => column.IsTensor ? columns[column.Name].Reshape(-1, column.Features.Count) : columns[column.Name])];
        return values.Length == 1 ? values[0] : Value.Concat(values, 1);
    }

    /// <summary>Numbers that a table has already are shared with it, not copied.</summary>
    internal static FeatureSet Assemble(Table table, IReadOnlyList<FeatureColumn> featureColumns)
    {
        var columns = new List<ReadOnlyMemory<float>>();
        foreach (var featureColumn in featureColumns)
        {
            switch (table[featureColumn.Name])
            {
                case NumberColumn numbers: columns.Add(numbers.Memory); break;
                case TensorColumn tensors: columns.AddRange(Elements(tensors, featureColumn.Features.Count).Select(Kept)); break;
                case var column:
                    var values = new float[column.Count];
                    column.CopyTo(values);
                    columns.Add(Kept(values));
                    break;
            }
        }

        return new FeatureSet([.. featureColumns.SelectMany(column => column.Features)], columns) { Spill = table.Spill is { IsOn: true } ? table.Spill : null };

        ReadOnlyMemory<float> Kept(float[] values) => table.Spill is { } spill && spill.Keep((ReadOnlyMemory<float>)values, out var kept) ? kept : values;
    }

    private static float[][] Elements(TensorColumn column, int size)
    {
        var elements = new float[size][];
        for (var i = 0; i < size; i++) elements[i] = new float[column.Count];
        for (var row = 0; row < column.Count; row++)
        {
            var values = column.Row(row);
            for (var i = 0; i < size; i++) elements[i][row] = values[i];
        }

        return elements;
    }
}
