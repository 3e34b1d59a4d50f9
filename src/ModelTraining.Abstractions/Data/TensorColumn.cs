namespace ModelTraining;

/// <summary>One tensor of 32-bit floating-point numbers a row, all of one shape, stored one after the other. No row is missing.</summary>
public sealed class TensorColumn : Column
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly int[] _shape;
    private readonly int _size;

    /// <param name="name">The name, unique in its table.</param>
    /// <param name="values">All rows' values, row after row. Kept, not copied.</param>
    /// <param name="shape">The shape of one row, for example [28, 28]; each dimension is at least 1.</param>
    public TensorColumn(string name, ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape) : base(name)
    {
        _size = 1;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(shape));
            _size = checked(_size * dimension);
        }

        if (values.Length % _size != 0) throw new ArgumentException($"{values.Length} values are no whole number of rows of {_size}.", nameof(values));
        _values = values;
        _shape = shape.ToArray();
    }

    /// <summary>The shape of one row.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The values of <paramref name="row"/>, in row-major order.</summary>
    public ReadOnlySpan<float> Row(int row) => _values.Span.Slice(row * _size, _size);

    /// <summary>As <see cref="Row"/>, where it lies.</summary>
    internal ReadOnlyMemory<float> RowMemory(int row) => _values.Slice(row * _size, _size);

    /// <inheritdoc/>
    public override ColumnType Type => ColumnType.Tensor;

    /// <inheritdoc/>
    public override int Count => _values.Length / _size;

    /// <inheritdoc/>
    public override bool IsMissing(int row) => false;

    /// <inheritdoc/>
    public override object? this[int row] => Row(row).ToArray();

    /// <inheritdoc/>
    public override Column Take(ReadOnlySpan<int> rows)
    {
        var taken = new float[checked(rows.Length * _size)];
        for (var i = 0; i < rows.Length; i++) Row(rows[i]).CopyTo(taken.AsSpan(i * _size));
        return new TensorColumn(Name, taken, _shape);
    }

    /// <inheritdoc/>
    public override Column Rename(string name) => new TensorColumn(name, _values, _shape);

    /// <inheritdoc/>
    public override void CopyTo(Span<float> destination) => throw NotNumeric();

    internal override Column KeptIn(SpillStore store) => store.Keep(_values, out var kept) ? new TensorColumn(Name, kept, _shape) : this;

    private protected override int CountMissing() => 0;
}
