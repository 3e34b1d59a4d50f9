using System.Globalization;

namespace ModelTraining;

/// <summary>Finds numbers far from the others: learns a lower and an upper bound a column from the training rows, and treats what is beyond.</summary>
internal sealed class OutlierRepair(CleanOptions options, CleanLedger ledger) : ITransform
{
    private const int MostExamples = 3;

    public string Name => "Outliers";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var columns = training.Schema.WithRole(ColumnRole.Feature)
            .Where(column => column.Type is ColumnType.Number or ColumnType.Integer && RuleOf(column.Name).Action != OutlierAction.None).ToArray();
        var names = new ColumnNames(training.Schema);
        var flags = columns.Select(column => RuleOf(column.Name).Action == OutlierAction.Flag ? names.Take(column.Name + "_outlier") : null).ToArray();
        var bounds = new OutlierBounds?[columns.Length];
        var findings = new CleanFinding?[columns.Length];
        ColumnLoop.Run(columns.Length, context.Threads, i =>
        {
            var values = training.Numbers(columns[i].Name);
            bounds[i] = Learn(columns[i].Name, values, flags[i]);
            if (bounds[i] is { } learned) findings[i] = Count(learned, values, training);
        });
        ledger.Set(CleanStep.Outlier, findings.OfType<CleanFinding>(), context.Warn);
        return new FittedOutliers([.. bounds.OfType<OutlierBounds>()]);
    }

    private Outliers RuleOf(string column) => options.OutliersByColumn.GetValueOrDefault(column, options.Outliers);

    private OutlierBounds? Learn(string column, float[] values, string? flag)
    {
        var rule = RuleOf(column);
        var (low, high, width) = rule.Method switch
        {
            OutlierMethod.Iqr => Quartiles(values),
            OutlierMethod.Mad => MedianDistance(values),
            _ => Deviation(values),
        };
        return width > 0 ? new OutlierBounds(column, (float)(low - rule.Threshold * width), (float)(high + rule.Threshold * width), rule.Action, flag) : null;
    }

    private static (double Low, double High, double Width) Quartiles(float[] values)
    {
        var order = new OrderStatistics(values);
        var (low, high) = (order.Quantile(0.25), order.Quantile(0.75));
        return (low, high, high - low);
    }

    private static (double Low, double High, double Width) Deviation(float[] values)
    {
        var (mean, deviation) = Moments.Of(values);
        return (mean, mean, deviation);
    }

    /// <summary>The width is what a standard deviation of normally distributed numbers would be.</summary>
    private static (double Low, double High, double Width) MedianDistance(float[] values)
    {
        const double MadOfNormal = 0.6745;
        var meanOfNormal = Math.Sqrt(2 / Math.PI);
        var median = new OrderStatistics(values).Quantile(0.5);
        var distances = Array.ConvertAll(values, value => (float)Math.Abs(value - median));
        var mad = new OrderStatistics(distances).Quantile(0.5);
        return (median, median, mad > 0 ? mad / MadOfNormal : Moments.Of(distances).Mean / meanOfNormal);
    }

    private static CleanFinding? Count(OutlierBounds bounds, ReadOnlySpan<float> values, TableView training)
    {
        var count = 0;
        var examples = new List<CleanExample>();
        for (var row = 0; row < values.Length; row++)
        {
            if (!bounds.IsBeyond(values[row])) continue;
            count++;
            if (examples.Count < MostExamples) examples.Add(new CleanExample(training.Origin(row) + 1, values[row].ToString(CultureInfo.InvariantCulture), After(bounds, values[row])));
        }

        if (count == 0) return null;
        var done = bounds.Action switch
        {
            OutlierAction.Clip => "became the nearest of these",
            OutlierAction.Drop => "their rows are not learned from",
            OutlierAction.Flag => $"flagged in '{bounds.Flag}'",
            _ => "left as they are",
        };
        return new CleanFinding(CleanStep.Outlier, bounds.Column, count, values.Length, FormattableString.Invariant($"training rows outside [{bounds.Low:0.####}, {bounds.High:0.####}]; {done}")) { Examples = examples };
    }

    private static string After(OutlierBounds bounds, float value) => bounds.Action switch
    {
        OutlierAction.Clip => bounds.Clip(value).ToString(CultureInfo.InvariantCulture),
        OutlierAction.Drop => "row left out",
        OutlierAction.Flag => "flagged",
        _ => "stays",
    };
}
