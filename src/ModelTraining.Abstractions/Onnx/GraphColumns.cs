using System.Diagnostics.CodeAnalysis;

namespace ModelTraining.Onnx;

/// <summary>
/// The columns of a table as values of a graph, each of shape [batch, 1]: what <see cref="IFittedTransform.Emit"/> changes. Numbers, integers and
/// booleans are <see cref="ElementType.Float"/> with NaN where missing; text is <see cref="ElementType.String"/>, empty where missing; dates are
/// <see cref="ElementType.Int64"/>, whole seconds since 1970, <see cref="DateTimeColumn.MissingUnixSeconds"/> where missing. Not thread-safe.
/// </summary>
/// <param name="graph">The graph that is being built.</param>
public sealed class GraphColumns(Graph graph)
{
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);

    /// <summary>The graph that is being built.</summary>
    public Graph Graph => graph;

    /// <summary>The names of the columns there are.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>The value of a column, or its replacement.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column; the message has the nearest names.</exception>
    public Value this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : throw new ModelTrainingException("MT2001", $"There is no column '{name}' in the graph. {NearestNames.Sentence(name, _values.Keys)}");
        set => _values[name] = value;
    }

    /// <summary>The value of a column, or false.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Value? value) => _values.TryGetValue(name, out value);

    /// <summary>Takes a column away.</summary>
    public void Remove(string name) => _values.Remove(name);

    /// <summary>The element type in a graph of a column's values.</summary>
    public static ElementType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text => ElementType.String,
        ColumnType.DateTime => ElementType.Int64,
        _ => ElementType.Float,
    };
}
