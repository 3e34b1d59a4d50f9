namespace ModelTraining;

/// <summary>
/// A date becomes numbers: <c>_year _month _day _weekday</c> (Monday is 1) <c>_hour _minute _days</c> (whole days since 1970), each NaN where the date is missing.
/// Parts that are the same in all training rows, such as the hour of dates without a time, are left out.
/// </summary>
/// <param name="columns">The date columns, which the parts replace.</param>
internal sealed class DateParts(IReadOnlyList<string> columns) : ITransform
{
    public string Name => "Dates to parts";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        var outputs = new List<FittedDateParts.Output>();
        foreach (var column in columns)
        {
            var dates = ((DateTimeColumn)training.Column(column)).Values;
            foreach (var part in Enum.GetValues<DatePart>())
            {
                if (Varies(dates, part)) outputs.Add(new FittedDateParts.Output(column, part, names.Take($"{column}_{part.ToString().ToLowerInvariant()}")));
            }
        }

        return new FittedDateParts([.. columns], outputs);
    }

    private static bool Varies(ReadOnlySpan<DateTime> dates, DatePart part)
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
}
