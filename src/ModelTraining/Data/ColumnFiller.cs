using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>Takes one column's value out of each row of a source whose rows are typed already.</summary>
internal abstract class ColumnFiller<TRow>(string name)
{
    public string Name { get; } = name;

    /// <summary>Where what fills memory goes once it is on; null for memory.</summary>
    public SpillStore? Spill { get; set; }

    /// <exception cref="ModelTrainingException">MT2112: the value does not fit the column.</exception>
    public abstract void Append(TRow row);

    /// <summary>The rows that are held.</summary>
    public abstract int Count { get; }

    /// <summary>What the rows take, or will take as a column.</summary>
    public abstract long Bytes { get; }

    /// <summary>Leaves only <paramref name="rows"/>, which ascend.</summary>
    public abstract void Keep(ReadOnlySpan<int> rows);

    public abstract Column Build();

    /// <summary>The distinct texts, which stay in memory; null of other types.</summary>
    public virtual TextColumnBuilder? Categories => null;

    /// <summary>What the report is to say; null when nothing.</summary>
    public virtual string? Remark => null;

    /// <summary>Checks what the rows that are held take.</summary>
    public static void Check(List<ColumnFiller<TRow>> fillers, TableMemory memory, double? share = null)
    {
        if (fillers.Count == 0) return;
        memory.Check(fillers[0].Count, fillers.Sum(filler => filler.Bytes), share);
        foreach (var filler in fillers) if (filler.Categories is { } texts) memory.CheckTexts(filler.Name, texts, fillers[0].Count);
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

    private sealed class ValueFiller<T>(string name, Func<TRow, T> read, Func<ReadOnlyMemory<T>, Column> build) : ColumnFiller<TRow>(name) where T : unmanaged
    {
        private readonly ValueList<T> _values = new();

        public override int Count => _values.Count;

        public override long Bytes => (long)Unsafe.SizeOf<T>() * _values.Count;

        public override void Append(TRow row) => _values.Add(read(row), Spill);

        public override void Keep(ReadOnlySpan<int> rows) => _values.Keep(rows, Spill);

        public override Column Build() => build(_values.ToMemory(Spill));
    }

    private sealed class NumberFiller(string name, Func<TRow, double?> read) : ColumnFiller<TRow>(name)
    {
        private readonly ValueList<float> _values = new();
        private int _appended;
        private int _infinite;
        private int _firstInfinite;

        public override int Count => _values.Count;

        public override long Bytes => sizeof(float) * (long)_values.Count;

        public override void Append(TRow row)
        {
            var value = (float)(read(row) ?? double.NaN);
            _values.Add(float.IsInfinity(value) ? float.NaN : value, Spill);
            _appended++;
            if (float.IsInfinity(value) && _infinite++ == 0) _firstInfinite = _appended;
        }

        public override void Keep(ReadOnlySpan<int> rows) => _values.Keep(rows, Spill);

        public override Column Build() => new NumberColumn(Name, _values.ToMemory(Spill));

        public override string? Remark => _infinite == 0
            ? null
            : $"the value of row {_firstInfinite}{(_infinite > 1 ? $" and {_infinite - 1} more are" : " is")} infinite as a 32-bit number and taken as missing";
    }

    private sealed class TextFiller(string name, Func<TRow, string?> read) : ColumnFiller<TRow>(name)
    {
        private readonly ValueList<int> _codes = new();
        private TextColumnBuilder _builder = new();

        public override int Count => _codes.Count;

        public override long Bytes => (sizeof(int) * (long)_codes.Count) + _builder.CategoryBytes;

        public override TextColumnBuilder Categories => _builder;

        public override void Append(TRow row)
        {
            var text = read(row).AsSpan().Trim();
            _codes.Add(TextFormat.IsMissing(text) ? TextColumn.MissingCode : _builder.CodeOf(text), Spill);
        }

        /// <summary>Values that no row has any more are let go, and the others numbered anew.</summary>
        public override void Keep(ReadOnlySpan<int> rows)
        {
            _codes.Keep(rows, Spill);
            var (categories, builder) = (_builder.Categories(), new TextColumnBuilder());
            _codes.Map(code => code == TextColumn.MissingCode ? code : builder.CodeOf(categories[code]), Spill);
            _builder = builder;
        }

        public override Column Build() => new TextColumn(Name, _codes.ToMemory(Spill), _builder.Categories());
    }

    private sealed class VectorFiller(string name, Func<TRow, ReadOnlyMemory<float>> read) : ColumnFiller<TRow>(name)
    {
        private readonly ValueList<float> _values = new();
        private int _length;

        public override int Count => _length == 0 ? 0 : _values.Count / _length;

        public override long Bytes => sizeof(float) * (long)_values.Count;

        public override void Append(TRow row)
        {
            var vector = read(row).Span;
            if (_values.Count == 0) _length = vector.Length;
            if (vector.IsEmpty || vector.Length != _length)
            {
                var found = vector.IsEmpty ? "there is no vector" : $"the vector has {vector.Length} numbers, those before have {_length}";
                throw new ModelTrainingException("MT2112", $"Row {Count + 1}, column '{Name}': {found}. Give each row a vector of the same length; a missing one can't be told from others.");
            }

            foreach (var value in vector) _values.Add(value, Spill);
        }

        public override void Keep(ReadOnlySpan<int> rows) => _values.Keep(rows, Spill, _length);

        // Without rows there is no length either; the caller says that there are none.
        public override Column Build() => new TensorColumn(Name, _values.ToMemory(Spill), Math.Max(1, _length));
    }
}
