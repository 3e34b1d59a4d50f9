using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining;

/// <summary>A column of ML.NET's rows as it is read.</summary>
internal abstract class ReadColumn
{
    /// <summary>Takes the current row's value.</summary>
    public abstract void Append();

    public abstract Column Build();

    /// <summary>About what so many rows take.</summary>
    public abstract long Bytes(int rows);

    /// <summary>Whether a table has a column for values of <paramref name="type"/>.</summary>
    public static bool CanRead(DataViewType type) => type is NumberDataViewType or BooleanDataViewType or TextDataViewType or KeyDataViewType or DateTimeDataViewType or DateTimeOffsetDataViewType
        || (type is VectorDataViewType { IsKnownSize: true } vector && (vector.ItemType == NumberDataViewType.Single || vector.ItemType == NumberDataViewType.Double));

    /// <exception cref="ModelTrainingException">MT3306: a table has no column for such values.</exception>
    public static ReadColumn Of(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) => column.Type switch
    {
        NumberDataViewType { RawType: var raw } => Number(cursor, column, raw, rows),
        BooleanDataViewType => new Values<bool, byte>(cursor, column, rows, value => (byte)(value ? 1 : 0), (name, values) => new BooleanColumn(name, values)),
        TextDataViewType => new Text(cursor, column, rows),
        KeyDataViewType { RawType: var raw } key => Key(cursor, column, key, raw, rows),
        DateTimeDataViewType => new Values<DateTime, DateTime>(cursor, column, rows, value => value, (name, values) => new DateTimeColumn(name, values)),
        DateTimeOffsetDataViewType => new Values<DateTimeOffset, DateTime>(cursor, column, rows, value => value.UtcDateTime, (name, values) => new DateTimeColumn(name, values)),
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => new Vector<float>(cursor, column, vector, rows, value => value),
        VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Double => new Vector<double>(cursor, column, vector, rows, value => (float)value),
        _ => throw new ModelTrainingException("MT3306", $"Column '{column.Name}' of the IDataView is {column.Type}, for which a table has no column. Convert it by an estimator of ML.NET, or give it the role Ignored."),
    };

    private static ReadColumn Number(DataViewRowCursor cursor, DataViewSchema.Column column, Type raw, int rows)
    {
        ReadColumn Integer<T>(Func<T, long> convert) => new Values<T, long>(cursor, column, rows, convert, (name, values) => new IntegerColumn(name, values));
        ReadColumn Floating<T>(Func<T, float> convert) => new Values<T, float>(cursor, column, rows, convert, (name, values) => new NumberColumn(name, values));
        return Type.GetTypeCode(raw) switch
        {
            TypeCode.Single => Floating<float>(value => value),
            TypeCode.Double => Floating<double>(value => (float)value),
            TypeCode.SByte => Integer<sbyte>(value => value),
            TypeCode.Int16 => Integer<short>(value => value),
            TypeCode.Int32 => Integer<int>(value => value),
            TypeCode.Int64 => Integer<long>(value => value),
            TypeCode.Byte => Integer<byte>(value => value),
            TypeCode.UInt16 => Integer<ushort>(value => value),
            TypeCode.UInt32 => Integer<uint>(value => value),
            _ => Integer<ulong>(value => value <= long.MaxValue ? (long)value : throw new ModelTrainingException("MT3306", string.Create(CultureInfo.InvariantCulture, $"Column '{column.Name}' of the IDataView has the integer {value}, and a table holds none above {long.MaxValue}. Convert it to Single."))),
        };
    }

    private static ReadColumn Key(DataViewRowCursor cursor, DataViewSchema.Column column, KeyDataViewType key, Type raw, int rows)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        var named = column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { ItemType: TextDataViewType };
        if (named) column.GetKeyValues(ref values);
        string[] names = named ? [.. values.DenseValues().Select(name => name.ToString())] : [];
        ReadColumn Read<T>(Func<T, ulong> convert) => named
            ? new Values<T, int>(cursor, column, rows, value => convert(value) is var code && code <= (ulong)names.Length ? (int)code - 1 : TextColumn.MissingCode, (name, codes) => new TextColumn(name, codes, names))
            : new Values<T, long>(cursor, column, rows, value => convert(value) is var code && code > 0 && code <= key.Count ? (long)code - 1 : IntegerColumn.Missing, (name, codes) => new IntegerColumn(name, codes));
        return Type.GetTypeCode(raw) switch
        {
            TypeCode.Byte => Read<byte>(value => value),
            TypeCode.UInt16 => Read<ushort>(value => value),
            TypeCode.UInt32 => Read<uint>(value => value),
            _ => Read<ulong>(value => value),
        };
    }

    private sealed class Values<TIn, TOut>(DataViewRowCursor cursor, DataViewSchema.Column column, int rows, Func<TIn, TOut> convert, Func<string, TOut[], Column> build) : ReadColumn
    {
        private readonly ValueGetter<TIn> _get = cursor.GetGetter<TIn>(column);
        private readonly List<TOut> _values = new(rows);
        private TIn _value = default!;

        public override void Append()
        {
            _get(ref _value);
            _values.Add(convert(_value));
        }

        public override Column Build() => build(column.Name, [.. _values]);

        public override long Bytes(int rows) => (long)rows * sizeof(long);
    }

    private sealed class Text(DataViewRowCursor cursor, DataViewSchema.Column column, int rows) : ReadColumn
    {
        private readonly ValueGetter<ReadOnlyMemory<char>> _get = cursor.GetGetter<ReadOnlyMemory<char>>(column);
        private readonly TextColumnBuilder _values = new(rows);
        private ReadOnlyMemory<char> _value;

        public override void Append()
        {
            _get(ref _value);
            if (TextFormat.IsMissing(_value.Span)) _values.Append(null);
            else _values.Append(_value.Span);
        }

        public override Column Build() => _values.Build(column.Name);

        public override long Bytes(int rows) => _values.Bytes;
    }

    private sealed class Vector<T>(DataViewRowCursor cursor, DataViewSchema.Column column, VectorDataViewType type, int rows, Func<T, float> convert) : ReadColumn
    {
        private readonly ValueGetter<VBuffer<T>> _get = cursor.GetGetter<VBuffer<T>>(column);
        private readonly List<float> _values = new((int)Math.Min((long)rows * type.Size, Array.MaxLength / 2));
        private VBuffer<T> _value;

        public override void Append()
        {
            _get(ref _value);
            foreach (var item in _value.DenseValues()) _values.Add(convert(item));
        }

        public override Column Build() => new TensorColumn(column.Name, _values.ToArray(), [.. type.Dimensions]);

        public override long Bytes(int rows) => (long)rows * type.Size * sizeof(float);
    }
}
