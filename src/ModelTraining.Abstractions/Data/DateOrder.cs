namespace ModelTraining;

/// <summary>The order of the parts of a date that is written with digits only.</summary>
public enum DateOrder
{
    /// <summary>2001-12-31 (ISO 8601).</summary>
    YearMonthDay,

    /// <summary>31.12.2001 or 31/12/2001.</summary>
    DayMonthYear,

    /// <summary>12/31/2001.</summary>
    MonthDayYear,
}
