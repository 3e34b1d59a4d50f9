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
}

/// <summary>The parts of a date, in managed code and as integer arithmetic in a graph.</summary>
internal static class DatePartArithmetic
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Days from 0000-03-01 to 1970-01-01. Counted from there every date of .NET is positive, which division in a graph, cut towards zero, needs.</summary>
    private const long DaysBefore1970 = 719_468;

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
            _ => (date.Date - DateTime.UnixEpoch).Days,
        };

        /// <summary>The part of dates that are seconds since 1970, as floats; not a part of anything where the date is missing.</summary>
        public Value Emit(Value seconds)
        {
            var shifted = seconds + DaysBefore1970 * SecondsPerDay;
            var days = shifted / SecondsPerDay;
            var number = part switch
            {
                DatePart.Weekday => (days + 2).Mod(7) + 1, // 0000-03-01 was a Wednesday
                DatePart.Hour => shifted / 3_600 - days * 24,
                DatePart.Minute => shifted / 60 - shifted / 3_600 * 60,
                DatePart.Days => days - DaysBefore1970,
                _ => Calendar(days, part),
            };
            return number.Cast(ElementType.Float);
        }
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
