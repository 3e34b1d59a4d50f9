using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>Two runs on the same test rows: how their metrics differ, and whether that may be chance. Immutable.</summary>
public sealed class RunComparison
{
    internal RunComparison(string name, string otherName, string label, int rowCount, IReadOnlyList<MetricDifference> differences, IReadOnlyList<ComparisonTest> tests) =>
        (Name, OtherName, Label, RowCount, Differences, Tests) = (name, otherName, label, rowCount, differences, tests);

    /// <summary>What the run is called: its trainer.</summary>
    public string Name { get; }

    /// <summary>What the other run is called.</summary>
    public string OtherName { get; }

    /// <summary>The name of the label's column.</summary>
    public string Label { get; }

    /// <summary>The number of rows that both were evaluated on.</summary>
    public int RowCount { get; }

    /// <summary>The metrics that both have, the one to judge by first.</summary>
    public IReadOnlyList<MetricDifference> Differences { get; }

    /// <summary>
    /// Tests that are made for two models on the same rows: of two classes DeLong's of the area under the ROC curve (DeLong, DeLong and Clarke-Pearson, 1988), of classes
    /// McNemar's of the accuracy (1947), of numbers the paired t-test and Wilcoxon's signed-rank test of the errors' sizes. Empty where rows have weights.
    /// </summary>
    public IReadOnlyList<ComparisonTest> Tests { get; }

    /// <summary>The metric with the key <paramref name="key"/>.</summary>
    /// <exception cref="ModelTrainingException">MT1300: not both runs have it; the message has the nearest keys.</exception>
    public MetricDifference this[string key] => Differences.FirstOrDefault(difference => difference.Key == key) ?? throw Metrics.Unknown(key, Differences.Select(difference => difference.Key));

    /// <summary>The comparison as one HTML page that needs nothing else.</summary>
    public string ToHtml() => ComparisonReport.Page(this);

    /// <summary>A table of the main metrics, and a line for each test.</summary>
    public override string ToString()
    {
        var table = new TextTable($"{Label}: {ReportNumber.Count(RowCount, "row")}", [Name, OtherName, "difference", "95 % interval"]);
        foreach (var difference in Differences.Where(difference => !difference.Secondary))
        {
            var format = Evaluation.Format(Math.Max(Math.Abs(difference.Value), Math.Abs(difference.Other)));
            string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
            table.Add(difference.Key, [Text(difference.Value), Text(difference.Other), Text(difference.Difference), $"{Text(difference.Interval.Low)} to {Text(difference.Interval.High)}"]);
        }

        var text = new StringBuilder(table.ToString());
        foreach (var test in Tests) text.AppendLine().Append(CultureInfo.InvariantCulture, $"{test.Name}, {test.Metric}: p = {ReportNumber.Short(test.PValue)} ({test.Detail})");
        return text.ToString();
    }
}
