namespace ModelTraining;

/// <summary>Tells how a value is written, in one pass over its bytes and without parsing it.</summary>
internal static class WrittenForm
{
    private const int DigitsOfLong = 18;

    /// <param name="value">Trimmed UTF-8, not empty.</param>
    public static Written Of(ReadOnlySpan<byte> value)
    {
        var start = value[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var at = start;
        while (at < value.Length && IsDigit(value[at])) at++;
        var digits = at - start;
        if (at == value.Length) return Whole(value, start, digits);
        var separator = value[at];
        if (separator is not ((byte)'.' or (byte)',')) return digits > 0 && IsExponent(value[at..]) ? Written.Point : IsInfinite(value[start..]) ? Written.Infinite : Written.Text;

        var fraction = at + 1;
        at = fraction;
        while (at < value.Length && IsDigit(value[at])) at++;
        var decimals = at - fraction;
        if (digits + decimals == 0) return Written.Text;
        if (at < value.Length && !IsExponent(value[at..])) return Written.Text;
        var thousands = at == value.Length && decimals == 3 && digits is 1 or 2 or 3 && value[start] != '0';
        return separator == '.' ? thousands ? Written.PointOrThousands : Written.Point : thousands ? Written.CommaOrThousands : Written.Comma;
    }

    private static Written Whole(ReadOnlySpan<byte> value, int start, int digits)
    {
        if (digits == 0) return Written.Text;
        if (value[start] == '0' && digits > 1 && (digits > 2 || start > 0)) return Written.Code;
        if (digits <= DigitsOfLong) return Written.Integer;
        Span<char> text = stackalloc char[24];
        return value.Length <= text.Length && TextFormat.TryParseInteger(Widened(value, text), out _) ? Written.Integer : Written.Code;
    }

    /// <summary>The characters of ASCII bytes.</summary>
    public static ReadOnlySpan<char> Widened(ReadOnlySpan<byte> ascii, Span<char> room)
    {
        for (var i = 0; i < ascii.Length; i++) room[i] = (char)ascii[i];
        return room[..ascii.Length];
    }

    private static bool IsExponent(ReadOnlySpan<byte> rest)
    {
        if (rest[0] is not ((byte)'e' or (byte)'E')) return false;
        rest = rest[1..];
        if (rest is [(byte)'-' or (byte)'+', ..]) rest = rest[1..];
        return !rest.IsEmpty && rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static bool IsInfinite(ReadOnlySpan<byte> unsigned) => unsigned.Length switch
    {
        3 => unsigned.SequenceEqual("∞"u8) || System.Text.Ascii.EqualsIgnoreCase(unsigned, "inf"u8),
        8 => System.Text.Ascii.EqualsIgnoreCase(unsigned, "infinity"u8),
        _ => false,
    };

    private static bool IsDigit(byte value) => (uint)(value - '0') <= 9;
}
