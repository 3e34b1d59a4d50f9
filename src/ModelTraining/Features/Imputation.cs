namespace ModelTraining;

/// <summary>Fills missing values with what the training rows have, or with a constant.</summary>
/// <param name="rules">What each column gets: mean, median, most frequent or constant.</param>
internal sealed class Imputation(IReadOnlyList<(string Column, MissingValues Rule)> rules) : ITransform
{
    public string Name => "Missing values";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var fills = new FittedImputation.Fill[rules.Count];
        ColumnLoop.Run(fills.Length, context.Threads, i => fills[i] = Learn(training.Column(rules[i].Column), rules[i].Rule));
        return new FittedImputation(fills);
    }

    private static FittedImputation.Fill Learn(Column column, MissingValues rule) => column switch
    {
        TextColumn text => new(column.Name) { Text = rule.Text ?? CategoryCounts.ByFrequency(text).FirstOrDefault().Category ?? "" },
        DateTimeColumn dates => new(column.Name) { Date = Date(dates, rule.Method) },
        _ => new(column.Name) { Number = rule.Number ?? Number(column, rule.Method) },
    };

    private static float Number(Column column, MissingMethod method)
    {
        var values = new float[column.Count];
        column.CopyTo(values);
        var fill = method switch
        {
            MissingMethod.Mean => Moments.Of(values).Mean,
            MissingMethod.Median => new OrderStatistics(values).Quantile(0.5),
            _ => new OrderStatistics(values).Mode(),
        };
        return double.IsNaN(fill) ? 0 : (float)fill;
    }

    /// <summary>In whole seconds, which is what a graph has of a date.</summary>
    private static DateTime Date(DateTimeColumn column, MissingMethod method)
    {
        var seconds = new List<long>(column.Count);
        foreach (var date in column.Values) if (date != DateTimeColumn.Missing) seconds.Add(DateTimeColumn.ToUnixSeconds(date));
        if (seconds.Count == 0) return DateTime.UnixEpoch;
        seconds.Sort();
        var fill = method switch
        {
            MissingMethod.Mean => (long)Math.Round(seconds.Average()),
            MissingMethod.Median => seconds[seconds.Count / 2],
            _ => seconds.CountBy(second => second).MaxBy(pair => pair.Value).Key,
        };
        return DateTime.UnixEpoch.AddSeconds(fill);
    }
}
