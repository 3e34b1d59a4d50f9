namespace ModelTraining;

/// <summary>
/// Parses the numbers that files are full of, six times as fast as <see cref="TextFormat.TryParseNumber"/> and to the same bits; the others it leaves to it.
/// With at most 53 bits of digits and a power of ten that a double holds, one multiplication or division gives the nearest double (Clinger, "How to Read
/// Floating Point Numbers Accurately", 1990). The float nearest to that is the float nearest to the number, unless the double lies midway between two floats.
/// </summary>
internal static class WrittenNumber
{
    private const int MostDigits = 15;
    private const ulong BelowFloat = (1UL << 29) - 1;
    private const ulong Midway = 1UL << 28;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Sign, digits and decimals. False for whatever is not just that, or is too long to be sure.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, bool decimalComma, out float value)
    {
        value = 0;
        var at = 0;
        var negative = false;
        if (!text.IsEmpty && text[0] is (byte)'-' or (byte)'+')
        {
            negative = text[0] == '-';
            at = 1;
        }

        var start = at;
        ulong digits = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++) digits = (digits * 10) + (uint)(text[at] - '0');
        var count = at - start;
        var decimals = 0;
        if (at < text.Length && text[at] == (decimalComma ? ',' : '.'))
        {
            var point = at++;
            for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++) digits = (digits * 10) + (uint)(text[at] - '0');
            decimals = at - point - 1;
            count += decimals;
        }

        if (at != text.Length || count is 0 or > MostDigits) return false;
        var number = digits / Powers[decimals];
        if ((BitConverter.DoubleToUInt64Bits(number) & BelowFloat) == Midway) return false;
        value = (float)(negative ? -number : number);
        return true;
    }
}
