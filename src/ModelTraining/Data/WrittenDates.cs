using System.Text;

namespace ModelTraining;

/// <summary>Whether a column's values are dates, and in which order their parts are.</summary>
/// <param name="Order">The order, null: no dates.</param>
/// <param name="Remark">What the report is to say; null when nothing.</param>
internal sealed record WrittenDates(DateOrder? Order, string? Remark = null)
{
    private const int LongestDate = 40;

    private static readonly DateOrder[] Orders = [DateOrder.YearMonthDay, DateOrder.DayMonthYear, DateOrder.MonthDayYear];
    private static readonly WrittenDates None = new((DateOrder?)null);

    /// <param name="column">The values.</param>
    /// <param name="said">The order that the user said.</param>
    /// <param name="places">Where rows are, for the remark.</param>
    public static WrittenDates Of(WrittenColumn column, DateOrder? said, RowPlaces places)
    {
        var candidates = (said is { } order ? [order] : Orders).Select(order => new Candidate(order)).ToList();
        var allowed = WrittenCounts.OddValuesAllowed(column.Count);
        var present = 0;
        Span<char> room = stackalloc char[LongestDate];
        foreach (var group in column.Groups())
        {
            var text = group.Value.Length <= LongestDate && Ascii.IsValid(group.Value) ? WrittenForm.Widened(group.Value, room) : default;
            for (var i = candidates.Count - 1; i >= 0; i--)
            {
                var candidate = candidates[i];
                if (candidate.Format.TryParseDate(text, out _))
                {
                    candidate.FirstDate ??= text.ToString();
                    continue;
                }

                if (candidate.Odd == 0) (candidate.OddRow, candidate.OddValue) = (group.FirstRow, Encoding.UTF8.GetString(group.Value));
                candidate.Odd += group.Rows;
                if (candidate.Odd > allowed || present == 0) candidates.RemoveAt(i);
            }

            if (candidates.Count == 0) return None;
            present += group.Rows;
        }

        if (present == 0) return None;
        var fitting = candidates.Where(candidate => candidate.Odd == 0).ToList();
        if (fitting.Count == 0)
        {
            var nearest = candidates.MinBy(candidate => candidate.Odd)!;
            return None with
            {
                Remark = $"{present - nearest.Odd} of {present} values are dates, '{Excerpt.Of(nearest.OddValue)}' ({places.Short(nearest.OddRow)}) is none. The column is read as text; name what stands for a missing value in MissingMarkers, or correct the source",
            };
        }

        if (fitting.Count == 1 || fitting[0].Order == DateOrder.YearMonthDay) return new(fitting[0].Order);

        // Slashes are what Americans write, who put the month first; points and dashes are written where the day comes first.
        var first = fitting[0].FirstDate!;
        var chosen = first.Contains('/') ? DateOrder.MonthDayYear : DateOrder.DayMonthYear;
        return new(chosen, $"dates such as {first} fit with the day first and with the month first, as no day is after the 12th. They are read with the {(chosen == DateOrder.MonthDayYear ? "month" : "day")} first; say DateOrder if that is wrong");
    }

    private sealed class Candidate(DateOrder order)
    {
        public DateOrder Order => order;

        public TextFormat Format { get; } = new() { DateOrder = order };

        public string? FirstDate { get; set; }

        public int Odd { get; set; }

        public int OddRow { get; set; }

        public string OddValue { get; set; } = "";
    }
}
