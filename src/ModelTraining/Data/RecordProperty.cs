using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace ModelTraining;

/// <summary>Makes a column of a property. Getters are called through delegates of their own type: no value is boxed but enums.</summary>
internal static class RecordProperty<T>
{
    /// <summary>Null when no column is of the property's type.</summary>
    public static ColumnFiller<T>? Filler(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var name = property.Name;
        if (type.IsEnum) return ColumnFiller<T>.Texts(name, row => property.GetValue(row)?.ToString());
        if (type == typeof(string)) return ColumnFiller<T>.Texts(name, Getter<string?>(property));
        if (type == typeof(bool)) return ColumnFiller<T>.Booleans(name, Value<bool>(property));
        if (type == typeof(float)) return Number<float>(property);
        if (type == typeof(double)) return ColumnFiller<T>.Numbers(name, Value<double>(property));
        if (type == typeof(decimal)) return Number<decimal>(property);
        if (type == typeof(Half)) return Number<Half>(property);
        if (type == typeof(int)) return Integer<int>(property);
        if (type == typeof(long)) return ColumnFiller<T>.Integers(name, Value<long>(property));
        if (type == typeof(short)) return Integer<short>(property);
        if (type == typeof(byte)) return Integer<byte>(property);
        if (type == typeof(sbyte)) return Integer<sbyte>(property);
        if (type == typeof(ushort)) return Integer<ushort>(property);
        if (type == typeof(uint)) return Integer<uint>(property);
        if (type == typeof(ulong)) return Integer<ulong>(property);
        if (type == typeof(DateTime)) return ColumnFiller<T>.Dates(name, Value<DateTime>(property));
        if (type == typeof(DateOnly)) return Date<DateOnly>(property, date => date.ToDateTime(TimeOnly.MinValue));
        if (type == typeof(DateTimeOffset)) return Date<DateTimeOffset>(property, date => date.UtcDateTime);
        if (type == typeof(Guid)) return Text<Guid>(property, value => value.ToString());
        if (type == typeof(char)) return Text<char>(property, value => value == default ? "" : value.ToString());
        if (type == typeof(float[])) return Vector(name, Getter<float[]?>(property));
        if (type == typeof(ReadOnlyMemory<float>)) return Memory(name, Value<ReadOnlyMemory<float>>(property));
        if (type == typeof(Memory<float>)) return Memory(name, Value<Memory<float>>(property));
        if (type == typeof(byte[])) return Wholes<byte>(property);
        if (type == typeof(int[])) return Wholes<int>(property);
        if (type == typeof(long[])) return Wholes<long>(property);
        return null;
    }

    /// <summary>Pixels and ids of tokens: as floats, which hold them exactly up to 2^24.</summary>
    private static ColumnFiller<T> Wholes<TValue>(PropertyInfo property) where TValue : struct, IBinaryInteger<TValue>
    {
        var (read, name) = (Getter<TValue[]?>(property), property.Name);
        return ColumnFiller<T>.Vectors(name, row => Array.ConvertAll(read(row) ?? [], value => Math.Abs(float.CreateTruncating(value)) <= TensorElements.LargestWhole
            ? float.CreateTruncating(value)
            : throw new ModelTrainingException("MT2112", string.Create(CultureInfo.InvariantCulture, $"Column '{name}': {value} is more than an element of a tensor, a 32-bit floating-point number, holds exactly. Number ids from 0."))));
    }

    private static ColumnFiller<T> Number<TValue>(PropertyInfo property) where TValue : struct, INumberBase<TValue>
    {
        var read = Value<TValue>(property);
        return ColumnFiller<T>.Numbers(property.Name, row => read(row) is { } value ? double.CreateSaturating(value) : null);
    }

    private static ColumnFiller<T> Integer<TValue>(PropertyInfo property) where TValue : struct, IBinaryInteger<TValue>
    {
        var (read, name) = (Value<TValue>(property), property.Name);
        return ColumnFiller<T>.Integers(name, row =>
        {
            if (read(row) is not { } value) return null;
            var integer = long.CreateTruncating(value);
            return integer >= 0 || TValue.IsNegative(value) ? integer : throw TooLarge(name, string.Create(CultureInfo.InvariantCulture, $"{value}"));
        });
    }

    private static ColumnFiller<T> Date<TValue>(PropertyInfo property, Func<TValue, DateTime> convert) where TValue : struct
    {
        var read = Value<TValue>(property);
        return ColumnFiller<T>.Dates(property.Name, row => read(row) is { } value ? convert(value) : null);
    }

    private static ColumnFiller<T> Text<TValue>(PropertyInfo property, Func<TValue, string> convert) where TValue : struct
    {
        var read = Value<TValue>(property);
        return ColumnFiller<T>.Texts(property.Name, row => read(row) is { } value ? convert(value) : null);
    }

    private static ColumnFiller<T> Vector(string name, Func<T, float[]?> read) => ColumnFiller<T>.Vectors(name, row => read(row));

    private static ColumnFiller<T> Memory(string name, Func<T, ReadOnlyMemory<float>?> read) => ColumnFiller<T>.Vectors(name, row => read(row) ?? default);

    private static ColumnFiller<T> Memory(string name, Func<T, Memory<float>?> read) => ColumnFiller<T>.Vectors(name, row => read(row) ?? default(ReadOnlyMemory<float>));

    /// <summary>Reads a property of <typeparamref name="TValue"/> or of its nullable form.</summary>
    private static Func<T, TValue?> Value<TValue>(PropertyInfo property) where TValue : struct
    {
        if (property.PropertyType != typeof(TValue)) return Getter<TValue?>(property);
        var read = Getter<TValue>(property);
        return row => read(row);
    }

    private static Func<T, TValue> Getter<TValue>(PropertyInfo property)
    {
        if (!typeof(T).IsValueType) return property.GetMethod!.CreateDelegate<Func<T, TValue>>();
        var read = property.GetMethod!.CreateDelegate<StructGetter<TValue>>();
        return row => read(ref row);
    }

    private static ModelTrainingException TooLarge(string name, string value) =>
        new("MT2112", $"Column '{name}': {value} is more than a 64-bit integer with sign holds. Make text of it when it is a key, or a number.");

    private delegate TValue StructGetter<TValue>(ref T row);
}
