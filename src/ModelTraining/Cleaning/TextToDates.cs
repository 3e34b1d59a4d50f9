namespace ModelTraining;

/// <summary>Reads text as dates, in several forms in one column. The order of day and month is decided for the whole column.</summary>
internal static class TextToDates
{
    /// <param name="values">The text.</param>
    /// <param name="given">The format that the source states; kept where the text does not speak against it.</param>
    /// <param name="maxUnreadable">The share of values that may be something else.</param>
    public static TextReading? TryRead(TextValues values, TextFormat given, double maxUnreadable)
    {
        var candidates = Enum.GetValues<DateOrder>().Select(order => new Candidate(values, given with { DateOrder = order }, maxUnreadable)).ToArray();
        var most = candidates.Max(candidate => candidate.Rows);
        if (most == 0) return null;
        var best = candidates.Where(candidate => candidate.Rows == most).ToList();
        var chosen = best.Find(candidate => candidate.Format.DateOrder == given.DateOrder) ?? best[0];
        string? doubt = null;
        if (best.Count > 1 && chosen.Format.DateOrder != given.DateOrder && best[0].FirstDifference(best[1]) is { } code)
        {
            // As the invariant culture reads 01/02/2003; dates with points or dashes and the year last are written day first.
            var text = values.Column.Categories[code];
            var order = text.Contains('/') ? DateOrder.MonthDayYear : DateOrder.DayMonthYear;
            chosen = best.Find(candidate => candidate.Format.DateOrder == order)!;
            doubt = FormattableString.Invariant($"Column '{values.Column.Name}': '{text}' is read as {chosen.Dates[code]:d MMMM yyyy}, and no date in the column says whether day or month comes first. State the order of the source if that is wrong.");
        }

        var rows = values.Rows(chosen.Dates, chosen.Readable, DateTimeColumn.Missing);
        return new TextReading(new DateTimeColumn(values.Column.Name, rows), chosen.Format, chosen.Rows, "are dates", doubt);
    }

    private sealed class Candidate
    {
        public Candidate(TextValues values, TextFormat format, double maxUnreadable)
        {
            Format = format;
            Rows = values.Read<DateTime>(format.TryParseDate, maxUnreadable, out var dates, out var readable);
            (Dates, Readable) = (dates, readable);
        }

        public TextFormat Format { get; }

        public int Rows { get; }

        public DateTime[] Dates { get; }

        public bool[] Readable { get; }

        public int? FirstDifference(Candidate other)
        {
            for (var code = 0; code < Dates.Length; code++) if (Dates[code] != other.Dates[code]) return code;
            return null;
        }
    }
}
