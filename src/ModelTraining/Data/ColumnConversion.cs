using System.Text;

namespace ModelTraining;

/// <summary>Makes a typed column of the values of a written one. Whatever is read, is read by <see cref="TextFormat"/>, as the rows of a model in service are.</summary>
internal sealed class ColumnConversion(string name, WrittenColumn written, RowPlaces places, SourceContext context)
{
    private const int Room = 256;

    private delegate bool TryParse<T>(ReadOnlySpan<byte> written, Span<char> room, out T value);

    /// <summary>The column as <paramref name="type"/>, or the first value that is not of it.</summary>
    public (Column Column, Problem? Problem) To(ColumnType type, TextFormat format) => type switch
    {
        ColumnType.Integer => Strict("a whole number", Read<long>(IntegerColumn.Missing, TryParseInteger), values => new IntegerColumn(name, values)),
        ColumnType.Number => Strict("a number", Read(float.NaN, NumberOf(format)), values => new NumberColumn(name, values)),
        ColumnType.Boolean => Strict("true or false (or yes or no)", Read<byte>(BooleanColumn.Missing, TryParseBoolean), values => new BooleanColumn(name, values)),
        ColumnType.DateTime => Strict($"a date ({format.DateOrder})", Read(DateTimeColumn.Missing, DateOf(format)), values => new DateTimeColumn(name, values)),
        _ => (Text(), null),
    };

    /// <summary>To be called when all values are whole numbers.</summary>
    public IntegerColumn Integers() => new(name, Read<long>(IntegerColumn.Missing, TryParseInteger).Values);

    /// <summary>To be called when all values are numbers. One that no 32-bit number holds is missing, and is said in the remark.</summary>
    public NumberColumn Numbers(TextFormat format, out string? remark)
    {
        var (values, failures, row, value) = Read(float.NaN, NumberOf(format));
        remark = failures == 0 ? null : $"'{Excerpt.Of(value)}' ({places.Short(row)}){(failures > 1 ? $" and {failures - 1} more are" : " is")} infinite as a 32-bit number and taken as missing";
        return new NumberColumn(name, values);
    }

    /// <summary>The column when all values are true or false, otherwise null.</summary>
    public BooleanColumn? Booleans()
    {
        foreach (var group in written.Groups())
        {
            if (!Ascii.EqualsIgnoreCase(group.Value, "true"u8) && !Ascii.EqualsIgnoreCase(group.Value, "false"u8)) return null;
        }

        return new BooleanColumn(name, Read<byte>(BooleanColumn.Missing, TryParseBoolean).Values);
    }

    /// <summary>To be called when all values are dates.</summary>
    public DateTimeColumn Dates(TextFormat format) => new(name, Read(DateTimeColumn.Missing, DateOf(format)).Values);

    public TextColumn Text()
    {
        Span<char> room = stackalloc char[Room];
        var rows = new ColumnWriter<int>(context.Spill, written.Count);
        if (written is { IsCoded: true, HasDropped: false })
        {
            var categories = new string[written.DistinctCount];
            for (var code = 0; code < categories.Length; code++) categories[code] = Encoding.UTF8.GetString(written.Distinct(code));
            foreach (var codes in written.Codes) rows.Add(codes);
            return new TextColumn(name, rows.Done(), categories);
        }

        var builder = new TextColumnBuilder();
        foreach (var codes in written.Codes)
        {
            foreach (var code in codes) rows.Add(code == TextColumn.MissingCode ? code : builder.CodeOf(Characters(written.Distinct(code), room)));
        }

        var row = written.Codes.Count;
        for (var rest = new RawColumn.Enumerator(written.Rest); rest.MoveNext(); row++)
        {
            rows.Add(rest.Current.IsEmpty ? TextColumn.MissingCode : builder.CodeOf(Characters(rest.Current, room)));
            TableMemory.CheckTexts(name, builder, row, context);
        }

        return new TextColumn(name, rows.Done(), builder.Categories());
    }

    /// <summary>Parses all values; one that is none of its kind is missing, and is counted.</summary>
    private (ReadOnlyMemory<T> Values, int Failures, int FirstRow, string FirstValue) Read<T>(T missing, TryParse<T> parse) where T : unmanaged
    {
        var values = new ColumnWriter<T>(context.Spill, written.Count);
        var (failures, firstRow, firstValue) = (0, 0, "");
        Span<char> characters = stackalloc char[Room];
        var parsed = new T[written.DistinctCount];
        var failed = new bool[parsed.Length];
        for (var code = 0; code < parsed.Length; code++)
        {
            failed[code] = !parse(written.Distinct(code), characters, out parsed[code]);
            if (failed[code]) parsed[code] = missing;
        }

        var row = 0;
        foreach (var codes in written.Codes)
        {
            for (var done = 0; done < codes.Length;)
            {
                var room = values.Next(codes.Length - done);
                for (var i = 0; i < room.Length; i++, row++)
                {
                    var code = codes[done + i];
                    room[i] = code == TextColumn.MissingCode ? missing : parsed[code];
                    if (code != TextColumn.MissingCode && failed[code]) Fail(written.Distinct(code));
                }

                done += room.Length;
            }
        }

        for (var rest = new RawColumn.Enumerator(written.Rest); rest.MoveNext(); row++)
        {
            var isValue = !rest.Current.IsEmpty;
            if (isValue && parse(rest.Current, characters, out var value))
            {
                values.Add(value);
                continue;
            }

            values.Add(missing);
            if (isValue) Fail(rest.Current);
        }

        return (values.Done(), failures, firstRow, firstValue);

        void Fail(ReadOnlySpan<byte> value)
        {
            if (failures++ == 0) (firstRow, firstValue) = (row, Encoding.UTF8.GetString(value));
        }
    }

    private (Column, Problem?) Strict<T>(string what, (ReadOnlyMemory<T> Values, int Failures, int FirstRow, string FirstValue) read, Func<ReadOnlyMemory<T>, Column> build) => (build(read.Values), read.Failures == 0
        ? null
        : new Problem("MT2108", $"{places[read.FirstRow]}, column '{name}': '{Excerpt.Of(read.FirstValue)}' is not {what}, which Types says it is. Correct the value, name it in MissingMarkers, or leave the type out."));

    private static TryParse<float> NumberOf(TextFormat format) => (ReadOnlySpan<byte> written, Span<char> room, out float value) =>
        WrittenNumber.TryParse(written, format.DecimalComma, out value) || format.TryParseNumber(Characters(written, room), out value);

    private static TryParse<DateTime> DateOf(TextFormat format) => (ReadOnlySpan<byte> written, Span<char> room, out DateTime value) => format.TryParseDate(Characters(written, room), out value);

    private static bool TryParseInteger(ReadOnlySpan<byte> written, Span<char> room, out long value) => TextFormat.TryParseInteger(Characters(written, room), out value);

    private static bool TryParseBoolean(ReadOnlySpan<byte> written, Span<char> room, out byte value)
    {
        var parsed = TextFormat.TryParseBoolean(Characters(written, room), out var isTrue);
        value = isTrue ? (byte)1 : (byte)0;
        return parsed;
    }

    private static ReadOnlySpan<char> Characters(ReadOnlySpan<byte> value, Span<char> room)
    {
        if (value.Length > room.Length) return Encoding.UTF8.GetString(value);
        return room[..Encoding.UTF8.GetChars(value, room)];
    }
}
