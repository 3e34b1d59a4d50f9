namespace ModelTraining;

/// <summary>
/// The values of one column of a <see cref="Table"/>, stored in one array of their own type: a value costs its own size, not an object.
/// Columns are immutable and safe to read from many threads.
/// </summary>
public abstract class Column
{
    private protected Column(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name, unique in its table.</summary>
    public string Name { get; }

    /// <summary>The type of the values.</summary>
    public abstract ColumnType Type { get; }

    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the value of <paramref name="row"/> is missing.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The value of <paramref name="row"/> as an object, null when missing. For messages and single rows; the typed columns give spans.</summary>
    public abstract object? this[int row] { get; }

    /// <summary>A column of the same type and name with the values of <paramref name="rows"/>, in that order. Rows may repeat.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>The same values under another name. Nothing is copied.</summary>
    public abstract Column Rename(string name);

    /// <summary>
    /// Writes the values as numbers: integers and booleans (0, 1) converted, missing ones as NaN. <paramref name="destination"/> holds <see cref="Count"/> values.
    /// </summary>
    /// <exception cref="ModelTrainingException">MT2003: the column is not numeric (text, date, tensor).</exception>
    public abstract void CopyTo(Span<float> destination);

    /// <summary>The number of missing values. Counted once.</summary>
    public int MissingCount => _missingCount < 0 ? _missingCount = CountMissing() : _missingCount;

    private int _missingCount = -1;

    private protected abstract int CountMissing();

    /// <summary>The same values where <paramref name="store"/> keeps them; this column where it does not.</summary>
    internal abstract Column KeptIn(SpillStore store);

    private protected static T[] Gather<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> rows)
    {
        var taken = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = values[rows[i]];
        return taken;
    }

    private protected void CheckLength(int length)
    {
        if (length != Count) throw new ArgumentException($"The destination holds {length} values, column '{Name}' has {Count}.");
    }

    private protected ModelTrainingException NotNumeric() =>
        new("MT2003", $"Column '{Name}' is of type {Type} and has no value as a number. Encode it first, or leave it out.");

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type}[{Count}]";
}
