using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>Takes one column's value out of each row of a source whose rows are typed already.</summary>
internal abstract class ColumnFiller<TRow>(string name)
{
    public string Name { get; } = name;

    /// <exception cref="ModelTrainingException">MT2112: the value does not fit the column.</exception>
    public abstract void Append(TRow row);

    /// <summary>The rows that are held.</summary>
    public abstract int Count { get; }

    /// <summary>What the rows take, or will take as a column.</summary>
    public abstract long Bytes { get; }

    /// <summary>Leaves only <paramref name="rows"/>, which ascend.</summary>
    public abstract void Keep(ReadOnlySpan<int> rows);

    public abstract Column Build();

    /// <summary>What the report is to say; null when nothing.</summary>
    public virtual string? Remark => null;

    /// <summary>Checks what the rows that are held take.</summary>
    public static void Check(List<ColumnFiller<TRow>> fillers, TableMemory memory, double? share = null)
    {
        if (fillers.Count > 0) memory.Check(fillers[0].Count, fillers.Sum(filler => filler.Bytes), share);
    }

    /// <summary>Leaves out the rows that a sampler drops.</summary>
    public static void Drop(IEnumerable<ColumnFiller<TRow>> fillers, RowSampler sampler, bool atEnd)
    {
        if (!sampler.Drops(atEnd, out var kept)) return;
        foreach (var filler in fillers) filler.Keep(kept);
    }

    /// <param name="name">The name of the column.</param>
    /// <param name="read">Gives null or NaN where missing.</param>
    public static ColumnFiller<TRow> Numbers(string name, Func<TRow, double?> read) => new NumberFiller(name, read);

    /// <param name="name">The name of the column.</param>
    /// <param name="read">Gives null where missing.</param>
    public static ColumnFiller<TRow> Integers(string name, Func<TRow, long?> read) =>
        new ValueFiller<long>(name, row => read(row) ?? IntegerColumn.Missing, values => new IntegerColumn(name, values));

    /// <inheritdoc cref="Integers"/>
    public static ColumnFiller<TRow> Booleans(string name, Func<TRow, bool?> read) =>
        new ValueFiller<byte>(name, row => read(row) is { } value ? value ? (byte)1 : (byte)0 : BooleanColumn.Missing, values => new BooleanColumn(name, values));

    /// <inheritdoc cref="Integers"/>
    public static ColumnFiller<TRow> Dates(string name, Func<TRow, DateTime?> read) =>
        new ValueFiller<DateTime>(name, row => DateTime.SpecifyKind(read(row) ?? DateTimeColumn.Missing, DateTimeKind.Unspecified), values => new DateTimeColumn(name, values));

    /// <param name="name">The name of the column.</param>
    /// <param name="read">Gives null where missing; text that stands for a missing value is one too.</param>
    public static ColumnFiller<TRow> Texts(string name, Func<TRow, string?> read) => new TextFiller(name, read);

    /// <param name="name">The name of the column.</param>
    /// <param name="read">Gives vectors of one length.</param>
    public static ColumnFiller<TRow> Vectors(string name, Func<TRow, ReadOnlyMemory<float>> read) => new VectorFiller(name, read);

    private sealed class ValueFiller<T>(string name, Func<TRow, T> read, Func<T[], Column> build) : ColumnFiller<TRow>(name)
    {
        private readonly List<T> _values = [];

        public override int Count => _values.Count;

        public override long Bytes => (long)Unsafe.SizeOf<T>() * _values.Count;

        public override void Append(TRow row) => _values.Add(read(row));

        public override void Keep(ReadOnlySpan<int> rows) => _values.Keep(rows);

        public override Column Build() => build([.. _values]);
    }

    private sealed class NumberFiller(string name, Func<TRow, double?> read) : ColumnFiller<TRow>(name)
    {
        private readonly List<float> _values = [];
        private int _appended;
        private int _infinite;
        private int _firstInfinite;

        public override int Count => _values.Count;

        public override long Bytes => sizeof(float) * (long)_values.Count;

        public override void Append(TRow row)
        {
            var value = (float)(read(row) ?? double.NaN);
            _values.Add(float.IsInfinity(value) ? float.NaN : value);
            _appended++;
            if (float.IsInfinity(value) && _infinite++ == 0) _firstInfinite = _appended;
        }

        public override void Keep(ReadOnlySpan<int> rows) => _values.Keep(rows);

        public override Column Build() => new NumberColumn(Name, _values.ToArray());

        public override string? Remark => _infinite == 0
            ? null
            : $"the value of row {_firstInfinite}{(_infinite > 1 ? $" and {_infinite - 1} more are" : " is")} infinite as a 32-bit number and taken as missing";
    }

    private sealed class TextFiller(string name, Func<TRow, string?> read) : ColumnFiller<TRow>(name)
    {
        private TextColumnBuilder _builder = new();

        public override int Count => _builder.Count;

        public override long Bytes => _builder.Bytes;

        public override void Append(TRow row)
        {
            var text = read(row).AsSpan().Trim();
            if (TextFormat.IsMissing(text)) _builder.Append(null);
            else _builder.Append(text);
        }

        public override void Keep(ReadOnlySpan<int> rows)
        {
            var all = (TextColumn)_builder.Build(Name);
            _builder = new TextColumnBuilder();
            foreach (var row in rows) _builder.Append(all.Text(row));
        }

        public override Column Build() => _builder.Build(Name);
    }

    private sealed class VectorFiller(string name, Func<TRow, ReadOnlyMemory<float>> read) : ColumnFiller<TRow>(name)
    {
        private float[] _values = [];
        private int _used;
        private int _length;

        public override int Count => _length == 0 ? 0 : _used / _length;

        public override long Bytes => sizeof(float) * (long)_used;

        public override void Append(TRow row)
        {
            var vector = read(row).Span;
            if (_used == 0) _length = vector.Length;
            if (vector.IsEmpty || vector.Length != _length)
            {
                var found = vector.IsEmpty ? "there is no vector" : $"the vector has {vector.Length} numbers, those before have {_length}";
                throw new ModelTrainingException("MT2112", $"Row {(_length == 0 ? 0 : _used / _length) + 1}, column '{Name}': {found}. Give each row a vector of the same length; a missing one can't be told from others.");
            }

            if (_used + _length > _values.Length) Array.Resize(ref _values, Math.Max(checked(_values.Length * 2), checked(_used + _length)));
            vector.CopyTo(_values.AsSpan(_used));
            _used += _length;
        }

        public override void Keep(ReadOnlySpan<int> rows)
        {
            for (var i = 0; i < rows.Length; i++) _values.AsSpan(rows[i] * _length, _length).CopyTo(_values.AsSpan(i * _length));
            _used = rows.Length * _length;
        }

        // Without rows there is no length either; the caller says that there are none.
        public override Column Build() => new TensorColumn(Name, _values.AsMemory(0, _used), Math.Max(1, _length));
    }
}
