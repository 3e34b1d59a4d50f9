using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A number that is part of a date.</summary>
internal enum DatePart
{
    Year,
    Month,
    Day,
    Weekday,
    Hour,
    Minute,
    Days,
    YearDay,
}

/// <summary>The parts of a date, in managed code and as integer arithmetic in a graph.</summary>
internal static class DatePartArithmetic
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Days from 0000-03-01 to 1970-01-01. Counted from there every date of .NET is positive, which division in a graph, cut towards zero, needs.</summary>
    private const long DaysBefore1970 = 719_468;

    /// <summary>The parts that a date becomes unless something else is said.</summary>
    public static IReadOnlyList<DatePart> Usual { get; } = [DatePart.Year, DatePart.Month, DatePart.Day, DatePart.Weekday, DatePart.Hour, DatePart.Minute, DatePart.Days];

    extension(DatePart part)
    {
        /// <summary>The part of a date that is not missing.</summary>
        public float Of(DateTime date) => part switch
        {
            DatePart.Year => date.Year,
            DatePart.Month => date.Month,
            DatePart.Day => date.Day,
            DatePart.Weekday => ((int)date.DayOfWeek + 6) % 7 + 1,
            DatePart.Hour => date.Hour,
            DatePart.Minute => date.Minute,
            DatePart.YearDay => date.DayOfYear,
            _ => (date.Date - DateTime.UnixEpoch).Days,
        };

        /// <summary>Whether it is not the same in all dates; those that are missing do not matter.</summary>
        public bool Varies(ReadOnlySpan<DateTime> dates)
        {
            var first = float.NaN;
            foreach (var date in dates)
            {
                if (date == DateTimeColumn.Missing) continue;
                var value = part.Of(date);
                if (float.IsNaN(first)) first = value;
                else if (value != first) return true;
            }

            return false;
        }

        /// <summary>The part of dates that are seconds since 1970, as whole numbers; not a part of anything where the date is missing.</summary>
        public Value Emit(Value seconds)
        {
            var shifted = seconds + DaysBefore1970 * SecondsPerDay;
            var days = shifted / SecondsPerDay;
            return part switch
            {
                DatePart.Weekday => (days + 2).Mod(7) + 1, // 0000-03-01 was a Wednesday
                DatePart.Hour => shifted / 3_600 - days * 24,
                DatePart.Minute => shifted / 60 - shifted / 3_600 * 60,
                DatePart.Days => days - DaysBefore1970,
                DatePart.YearDay => days - NewYear(Calendar(days, DatePart.Year)) + 1,
                _ => Calendar(days, part),
            };
        }
    }

    /// <summary>The day number of a year's first day.</summary>
    private static Value NewYear(Value year)
    {
        var before = year - 1;
        return before * 365 + before / 4 - before / 100 + before / 400 + 306; // from March to December of year 0
    }

    /// <summary>Year, month and day of a day number; see H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years begin in March.</summary>
    private static Value Calendar(Value days, DatePart part)
    {
        var era = days / 146_097;
        var dayOfEra = days - era * 146_097;
        var yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100);
        var monthFromMarch = (dayOfYear * 5 + 2) / 153;
        if (part == DatePart.Day) return dayOfYear - (monthFromMarch * 153 + 2) / 5 + 1;
        var afterYearEnd = monthFromMarch / 10;
        return part == DatePart.Month ? monthFromMarch + 3 - afterYearEnd * 12 : yearOfEra + era * 400 + afterYearEnd;
    }
}
