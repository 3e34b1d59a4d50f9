namespace ModelTraining;

/// <summary>
/// Reads text as numbers in whatever form people write them. One format serves the whole column: 1,234 is one number in all of its rows. Digits with leading
/// zeros, or more of them than an integer has, are codes, and so is a column with any.
/// </summary>
internal static class TextToNumbers
{
    /// <param name="values">The text.</param>
    /// <param name="given">The format that the source states; kept where the text does not speak against it.</param>
    /// <param name="maxUnreadable">The share of values that may be something else.</param>
    public static TextReading? TryRead(TextValues values, TextFormat given, double maxUnreadable)
    {
        if (HasCodes(values)) return null;
        var other = given with { DecimalComma = !given.DecimalComma };
        var rows = values.Read<float>((text, out value) => Read(given, text, out value), maxUnreadable, out var numbers, out var readable);
        var otherRows = values.Read<float>((text, out value) => Read(other, text, out value), maxUnreadable, out var otherNumbers, out var otherReadable);
        if (rows == 0 && otherRows == 0) return null;
        var doubt = rows == otherRows ? Doubt(values, given, numbers, otherNumbers) : null;
        var format = given;
        if (otherRows > rows) (format, rows, numbers, readable) = (other, otherRows, otherNumbers, otherReadable);

        if (Whole(values, readable) is { } whole)
        {
            return new TextReading(new IntegerColumn(values.Column.Name, values.Rows(whole, readable, IntegerColumn.Missing)), format, rows, "are whole numbers");
        }

        var written = format.DecimalComma ? "are numbers with a decimal comma" : "are numbers";
        return new TextReading(new NumberColumn(values.Column.Name, values.Rows(numbers, readable, float.NaN)), format, rows, written, doubt);
    }

    private static bool Read(TextFormat format, ReadOnlySpan<char> text, out float value) => format.TryParseNumber(text, out value) || format.TryParseDecorated(text, out value);

    private static bool HasCodes(TextValues values)
    {
        for (var code = 0; code < values.Counts.Length; code++) if (values.Counts[code] > 0 && IsCode(values.Column.Categories[code])) return true;
        return false;
    }

    /// <summary>02208 is one, 07 is a month.</summary>
    private static bool IsCode(string text) =>
        text.Length > 2 && !text.AsSpan().ContainsAnyExceptInRange('0', '9') && (text[0] == '0' || !TextFormat.TryParseInteger(text, out _));

    private static long[]? Whole(TextValues values, bool[] readable)
    {
        var whole = new long[readable.Length];
        for (var code = 0; code < whole.Length; code++) if (readable[code] && !TextFormat.TryParseInteger(values.Column.Categories[code], out whole[code])) return null;
        return whole;
    }

    /// <summary>1,234 can be a thousand or one and a bit. A point is the usual decimal sign, so only commas that were taken for thousands are in doubt, and points where commas are decimal.</summary>
    private static string? Doubt(TextValues values, TextFormat format, float[] numbers, float[] otherNumbers)
    {
        for (var code = 0; code < numbers.Length; code++)
        {
            if (values.Counts[code] == 0 || numbers[code].Equals(otherNumbers[code])) continue;
            var text = values.Column.Categories[code];
            if (!text.Contains(format.DecimalComma ? '.' : ',')) return null;
            return FormattableString.Invariant($"Column '{values.Column.Name}': '{text}' is read as {numbers[code]}, and could be {otherNumbers[code]}. State the decimal sign of the source if that is wrong.");
        }

        return null;
    }
}
