using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>The columns of a table in their order: names, types and roles. Immutable.</summary>
public sealed class Schema : IReadOnlyList<ColumnInfo>
{
    private readonly ColumnInfo[] _columns;
    private readonly Dictionary<string, int> _positions;

    /// <param name="columns">The columns in their order.</param>
    /// <exception cref="ModelTrainingException">MT2002: two columns have the same name.</exception>
    public Schema(IEnumerable<ColumnInfo> columns)
    {
        _columns = [.. columns];
        _positions = new Dictionary<string, int>(_columns.Length, StringComparer.Ordinal);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!_positions.TryAdd(_columns[i].Name, i)) throw new ModelTrainingException("MT2002", $"Two columns have the name '{_columns[i].Name}'. Rename one of them.");
        }
    }

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The column at <paramref name="index"/>.</summary>
    public ColumnInfo this[int index] => _columns[index];

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is none; the message has the nearest names.</exception>
    public ColumnInfo this[string name] => _columns[IndexOf(name)];

    /// <summary>Whether there is a column called <paramref name="name"/>.</summary>
    public bool Contains(string name) => _positions.ContainsKey(name);

    /// <summary>The column called <paramref name="name"/>, or false.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ColumnInfo? column)
    {
        column = _positions.TryGetValue(name, out var position) ? _columns[position] : null;
        return column is not null;
    }

    /// <summary>The position of the column called <paramref name="name"/>.</summary>
    /// <exception cref="ModelTrainingException">MT2001: there is none; the message has the nearest names.</exception>
    public int IndexOf(string name) => _positions.TryGetValue(name, out var position)
        ? position
        : throw new ModelTrainingException("MT2001", $"There is no column '{name}'. {NearestNames.Sentence(name, _positions.Keys)}");

    /// <summary>The columns that have <paramref name="role"/>, in their order.</summary>
    public IEnumerable<ColumnInfo> WithRole(ColumnRole role) => _columns.Where(column => column.Role == role);

    /// <summary>The one column with the role <see cref="ColumnRole.Label"/>, null when there is none.</summary>
    public ColumnInfo? Label => WithRole(ColumnRole.Label).FirstOrDefault();

    /// <inheritdoc/>
    public IEnumerator<ColumnInfo> GetEnumerator() => ((IEnumerable<ColumnInfo>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _columns.GetEnumerator();
}
