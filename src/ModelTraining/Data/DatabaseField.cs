using System.Data.Common;

namespace ModelTraining;

/// <summary>Makes a column of a reader's field, by the type that the reader says it has.</summary>
internal static class DatabaseField
{
    /// <summary>Null when no column is of the field's type.</summary>
    public static ColumnFiller<DbDataReader>? Filler(DbDataReader reader, int field, string name)
    {
        var type = reader.GetFieldType(field);
        if (type == typeof(bool)) return ColumnFiller<DbDataReader>.Booleans(name, Value(field, static (row, i) => row.GetBoolean(i)));
        if (type == typeof(int)) return Integers(name, field, static (row, i) => row.GetInt32(i));
        if (type == typeof(long)) return Integers(name, field, static (row, i) => row.GetInt64(i));
        if (type == typeof(short)) return Integers(name, field, static (row, i) => row.GetInt16(i));
        if (type == typeof(byte)) return Integers(name, field, static (row, i) => row.GetByte(i));
        if (type == typeof(sbyte)) return Integers(name, field, static (row, i) => row.GetFieldValue<sbyte>(i));
        if (type == typeof(ushort)) return Integers(name, field, static (row, i) => row.GetFieldValue<ushort>(i));
        if (type == typeof(uint)) return Integers(name, field, static (row, i) => row.GetFieldValue<uint>(i));
        if (type == typeof(ulong)) return Integers(name, field, static (row, i) => checked((long)row.GetFieldValue<ulong>(i)));
        if (type == typeof(float)) return Numbers(name, field, static (row, i) => row.GetFloat(i));
        if (type == typeof(double)) return Numbers(name, field, static (row, i) => row.GetDouble(i));
        if (type == typeof(decimal)) return Numbers(name, field, static (row, i) => (double)row.GetDecimal(i));
        if (type == typeof(DateTime)) return Dates(name, field, static (row, i) => row.GetDateTime(i));
        if (type == typeof(DateTimeOffset)) return Dates(name, field, static (row, i) => row.GetFieldValue<DateTimeOffset>(i).UtcDateTime);
        if (type == typeof(DateOnly)) return Dates(name, field, static (row, i) => row.GetFieldValue<DateOnly>(i).ToDateTime(TimeOnly.MinValue));
        if (type == typeof(string)) return Texts(name, field, static (row, i) => row.GetString(i));
        if (type == typeof(char)) return Texts(name, field, static (row, i) => row.GetFieldValue<char>(i).ToString());
        if (type == typeof(Guid)) return Texts(name, field, static (row, i) => row.GetGuid(i).ToString());
        if (type == typeof(float[])) return ColumnFiller<DbDataReader>.Vectors(name, row => row.IsDBNull(field) ? default : row.GetFieldValue<float[]>(field));
        return null;
    }

    private static ColumnFiller<DbDataReader> Integers(string name, int field, Func<DbDataReader, int, long> read) => ColumnFiller<DbDataReader>.Integers(name, Value(field, read));

    private static ColumnFiller<DbDataReader> Numbers(string name, int field, Func<DbDataReader, int, double> read) => ColumnFiller<DbDataReader>.Numbers(name, Value(field, read));

    private static ColumnFiller<DbDataReader> Dates(string name, int field, Func<DbDataReader, int, DateTime> read) => ColumnFiller<DbDataReader>.Dates(name, Value(field, read));

    private static ColumnFiller<DbDataReader> Texts(string name, int field, Func<DbDataReader, int, string> read) =>
        ColumnFiller<DbDataReader>.Texts(name, row => row.IsDBNull(field) ? null : read(row, field));

    private static Func<DbDataReader, T?> Value<T>(int field, Func<DbDataReader, int, T> read) where T : struct =>
        row => row.IsDBNull(field) ? null : read(row, field);
}
