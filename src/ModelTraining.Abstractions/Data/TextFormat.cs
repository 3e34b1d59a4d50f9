using System.Buffers;
using System.Collections.ObjectModel;
using System.Globalization;

namespace ModelTraining;

/// <summary>
/// How the numbers, dates and booleans of a column are written as text. One format serves a whole column, so that 1,234 is the same number in
/// each of its rows, when it is trained and when it is served.
/// </summary>
public sealed record TextFormat
{
    private const int LongestNumber = 64;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.,");
    private static readonly string[] YearFirst = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd"];
    private static readonly string[] DayFirst = ["d.M.yyyy", "d/M/yyyy", "d-M-yyyy"];
    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy"];
    private static readonly string[] MonthNamed = ["d MMM yyyy", "d MMMM yyyy", "d-MMM-yyyy", "d. MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy", "MMM d yyyy", "MMMM d yyyy"];
    private static readonly string[] Times = ["", " H:m", " H:m:s", " H:m:s.FFFFFFF"];
    private static readonly Dictionary<DateOrder, string[]> Patterns = new()
    {
        [DateOrder.YearMonthDay] = Combine([.. YearFirst, .. MonthNamed]),
        [DateOrder.DayMonthYear] = Combine([.. DayFirst, .. YearFirst, .. MonthNamed]),
        [DateOrder.MonthDayYear] = Combine([.. MonthFirst, .. YearFirst, .. MonthNamed]),
    };

    /// <summary>Decimal point, dates year first.</summary>
    public static TextFormat Invariant { get; } = new();

    /// <summary>Whether a comma stands before the decimals, and points group the thousands. Default false: the other way round.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>The order of the parts of dates. Dates with the year first (ISO 8601) or a month's name are understood whatever the order. Default year first.</summary>
    public DateOrder DateOrder { get; init; }

    /// <summary>The units that numbers of this column are written with, and what a value in each is multiplied by. Default none. See <see cref="TryParseMeasure"/>.</summary>
    public IReadOnlyDictionary<string, double> Units { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>What stands for a missing value in this column, besides what <see cref="IsMissing"/> says: exact text, for example -999. Default none.</summary>
    public IReadOnlyList<string> MissingMarkers { get; init; } = [];

    /// <summary>Whether ?, NA, N/A, NaN and null are values like others in this column, and only empty or blank text is missing besides <see cref="MissingMarkers"/>. Default false.</summary>
    public bool WithoutDefaultMissingMarkers { get; init; }

    /// <summary>Whether text stands for a missing value of this column: by <see cref="IsMissing"/> unless that is not wanted, or as one of <see cref="MissingMarkers"/>.</summary>
    internal bool IsMissingHere(ReadOnlySpan<char> text)
    {
        if (WithoutDefaultMissingMarkers ? text.IsWhiteSpace() : IsMissing(text)) return true;
        if (MissingMarkers.Count == 0) return false;
        text = text.Trim();
        foreach (var marker in MissingMarkers) if (text.SequenceEqual(marker)) return true;
        return false;
    }

    /// <summary>What stands for a missing value wherever nothing else is said: empty or blank, ?, NA, N/A, NaN, null, in either case.</summary>
    public static bool IsMissing(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.Length switch
        {
            0 => true,
            1 => text[0] == '?',
            2 => text.Equals("NA", StringComparison.OrdinalIgnoreCase),
            3 => text.Equals("N/A", StringComparison.OrdinalIgnoreCase) || text.Equals("NaN", StringComparison.OrdinalIgnoreCase),
            4 => text.Equals("null", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
    }

    /// <summary>A plain number: sign, digits, decimals, exponent. No thousands, no units; see <see cref="TryParseDecorated"/>.</summary>
    public bool TryParseNumber(ReadOnlySpan<char> text, out float value)
    {
        text = text.Trim();
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!DecimalComma) return float.TryParse(text, style, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
        value = 0;
        if (text.Length > LongestNumber || text.Contains('.')) return false;
        Span<char> pointed = stackalloc char[LongestNumber];
        text.Replace(pointed, ',', '.');
        return float.TryParse(pointed[..text.Length], style, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
    }

    /// <summary>A whole number that a 64-bit integer holds: sign and digits.</summary>
    public static bool TryParseInteger(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value != IntegerColumn.Missing;

    /// <summary>
    /// A number as people write it: with a currency or percent sign, thousands in groups of three, in parentheses when negative. The number is the
    /// one that is written: 12 % is 12.
    /// </summary>
    public bool TryParseDecorated(ReadOnlySpan<char> text, out float value)
    {
        value = 0;
        text = text.Trim();
        var negative = text is ['(', .., ')'];
        if (negative) text = text[1..^1].Trim();
        Span<char> plain = stackalloc char[LongestNumber];
        var length = 0;
        var (group, point) = DecimalComma ? ('.', ',') : (',', '.');
        var sinceGroup = -1;
        var decimals = false;
        foreach (var character in text)
        {
            if (length == LongestNumber) return false;
            if (char.IsAsciiDigit(character))
            {
                plain[length++] = character;
                if (sinceGroup >= 0 && !decimals) sinceGroup++;
            }
            else if (character == group || (character is '\'' or '\u00A0' or '\u202F'))
            {
                if (decimals || length == 0 || (sinceGroup >= 0 && sinceGroup != 3)) return false;
                sinceGroup = 0;
            }
            else if (character == point)
            {
                if (decimals || (sinceGroup >= 0 && sinceGroup != 3)) return false;
                decimals = true;
                plain[length++] = '.';
            }
            else if (character is '+' or '-' or '−' && length == 0 && !negative)
            {
                if (character != '+') plain[length++] = '-';
            }
            else if (character != '%' && character != ' ' && char.GetUnicodeCategory(character) != UnicodeCategory.CurrencySymbol)
            {
                return false;
            }
        }

        if (!decimals && sinceGroup >= 0 && sinceGroup != 3) return false;
        if (!float.TryParse(plain[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)) return false;
        if (negative) value = -value;
        return float.IsFinite(value);
    }

    /// <summary>One or more numbers with a unit of <see cref="Units"/> behind each, which are multiplied by its factor and added up: 70 kg, 5 ft 11 in. Case does not matter.</summary>
    public bool TryParseMeasure(ReadOnlySpan<char> text, out float value)
    {
        value = 0;
        if (Units.Count == 0) return false;
        text = text.Trim();
        var negative = text is ['-' or '−', ..];
        if (negative) text = text[1..];
        var sum = 0.0;
        do
        {
            var digits = text.IndexOfAnyExcept(OfNumbers);
            if (digits <= 0 || !(TryParseNumber(text[..digits], out var number) || TryParseDecorated(text[..digits], out number))) return false;
            text = text[digits..];
            var next = text.IndexOfAnyInRange('0', '9');
            var unit = next < 0 ? text : text[..next];
            if (!TryGetFactor(unit.Trim(), out var factor) && !TryGetFactor(unit.TrimEnd(" .,"), out factor)) return false;
            sum += number * factor;
            text = text[unit.Length..];
        }
        while (!text.IsEmpty);

        value = (float)(negative ? -sum : sum);
        return float.IsFinite(value);
    }

    private bool TryGetFactor(ReadOnlySpan<char> unit, out double factor)
    {
        unit = unit.Trim();
        foreach (var (name, value) in Units)
        {
            factor = value;
            if (unit.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        factor = 0;
        return false;
    }

    /// <summary>A date, with or without a time of day; a month may be an English name. A time zone, where one is written, is applied: the value is then in UTC.</summary>
    public bool TryParseDate(ReadOnlySpan<char> text, out DateTime value)
    {
        text = text.Trim();
        value = default;
        if (text.Length is < 8 or > 40 || !(char.IsAsciiDigit(text[^1]) || text[^1] is 'Z' or 'z') || !(char.IsAsciiDigit(text[0]) || StartsWithMonth(text))) return false;
        if (DateTime.TryParseExact(text, Patterns[DateOrder], CultureInfo.InvariantCulture, DateTimeStyles.None, out value)) return value != DateTimeColumn.Missing;

        // ISO 8601 with T, fractions and zone. TryParse alone would take a bare "12:30" and much else for a date.
        if (text.Length < 16 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or ' ')) return false;
        const DateTimeStyles style = DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, style, out value)) return false;
        value = DateTime.SpecifyKind(value, DateTimeKind.Unspecified);
        return value != DateTimeColumn.Missing;
    }

    /// <summary>true/false, yes/no, t/f, y/n, in either case. Digits are numbers, not booleans.</summary>
    public static bool TryParseBoolean(ReadOnlySpan<char> text, out bool value)
    {
        text = text.Trim();
        value = text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("yes", StringComparison.OrdinalIgnoreCase) ||
            text.Equals("t", StringComparison.OrdinalIgnoreCase) || text.Equals("y", StringComparison.OrdinalIgnoreCase);
        return value || text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("no", StringComparison.OrdinalIgnoreCase) ||
            text.Equals("f", StringComparison.OrdinalIgnoreCase) || text.Equals("n", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether two formats read every text alike.</summary>
    public bool Equals(TextFormat? other) =>
        other is not null && DecimalComma == other.DecimalComma && DateOrder == other.DateOrder && WithoutDefaultMissingMarkers == other.WithoutDefaultMissingMarkers && MissingMarkers.SequenceEqual(other.MissingMarkers, StringComparer.Ordinal) &&
        Units.Count == other.Units.Count && Units.All(pair => other.Units.TryGetValue(pair.Key, out var factor) && factor == pair.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DecimalComma, DateOrder, MissingMarkers.Count);

    private static bool StartsWithMonth(ReadOnlySpan<char> text)
    {
        foreach (var month in CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames)
        {
            if (month.Length > 0 && text.StartsWith(month, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static string[] Combine(string[] dates) => [.. dates.SelectMany(date => Times.Select(time => date + time))];
}
