namespace ModelTraining;

/// <summary>What <c>Balance</c> did to the training rows, in its order: <c>run.Report&lt;BalanceReport&gt;()</c>.</summary>
/// <param name="Changes">One for each <c>Balance</c>, at least one.</param>
public sealed record BalanceReport(IReadOnlyList<BalanceChange> Changes)
{
    private const int MostClasses = 5;

    /// <summary>One line: "Resample.Smote: 'yes' 210 to 7,646 rows; ClassWeights.Balanced: 'no' weighs 0.51, 'yes' 24.6".</summary>
    public override string ToString() => string.Join("; ", Changes.Select(change =>
    {
        var changed = change.Classes.Where(c => c.RowsBefore != c.RowsAfter || c.Weight != 1).ToList();
        if (changed.Count == 0) return $"{change.Method}: nothing changed";
        var words = changed.Take(MostClasses).Select(c => c.RowsBefore != c.RowsAfter
            ? $"'{c.Class}' {ReportNumber.Count(c.RowsBefore)} to {ReportNumber.Count(c.RowsAfter, "row")}"
            : $"'{c.Class}' weighs {ReportNumber.Short(c.Weight)}");
        return $"{change.Method}: {string.Join(", ", words)}{(changed.Count > MostClasses ? $" and {changed.Count - MostClasses} more" : "")}";
    }));
}
