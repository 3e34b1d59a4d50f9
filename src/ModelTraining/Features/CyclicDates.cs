namespace ModelTraining;

/// <summary>
/// Adds sine and cosine of the parts of a date that come round: hour, weekday, month and day of the year, each NaN where the date is missing. Parts that are the same in
/// all training rows are left out.
/// </summary>
/// <param name="columns">The date columns.</param>
internal sealed class CyclicDates(IReadOnlyList<string> columns) : ITransform
{
    public string Name => "Cyclic dates";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var names = new ColumnNames(training.Schema);
        var outputs = new List<FittedCyclicDates.Output>();
        foreach (var column in columns)
        {
            var dates = ((DateTimeColumn)training.Column(column)).Values;
            foreach (var cycle in FittedCyclicDates.Cycle.All)
            {
                if (!cycle.Part.Varies(dates)) continue;
                var stem = $"{column}_{cycle.Part.ToString().ToLowerInvariant()}";
                outputs.Add(new FittedCyclicDates.Output(column, cycle, names.Take($"{stem}_sin"), names.Take($"{stem}_cos")));
            }
        }

        return new FittedCyclicDates(outputs);
    }
}
