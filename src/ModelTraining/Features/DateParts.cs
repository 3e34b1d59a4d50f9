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
            foreach (var part in DatePartArithmetic.Usual)
            {
                if (part.Varies(dates)) outputs.Add(new FittedDateParts.Output(column, part, names.Take($"{column}_{part.ToString().ToLowerInvariant()}")));
            }
        }

        return new FittedDateParts([.. columns], outputs);
    }
}
