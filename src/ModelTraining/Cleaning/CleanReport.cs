using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>
/// What cleaning found and did: how many of what, where, with examples. What is fitted on the training part (missing values, outliers, columns that cannot help
/// or give the label away) is in it once that has happened. Safe to read from many threads.
/// </summary>
public sealed class CleanReport
{
    private const int ExamplesShown = 2;
    private const int FindingsShown = 5;
    private readonly CleanLedger _ledger;

    internal CleanReport(CleanLedger ledger) => _ledger = ledger;

    /// <summary>The rows that came.</summary>
    public int RowsBefore => _ledger.RowsBefore;

    /// <summary>The rows that stayed.</summary>
    public int RowsAfter => _ledger.RowsAfter;

    /// <summary>All that was found, in the order of the steps and, within one, of the columns.</summary>
    public IReadOnlyList<CleanFinding> Findings => _ledger.Findings;

    /// <summary>What the user should look at.</summary>
    public IReadOnlyList<string> Warnings => [.. Findings.Select(finding => finding.Warning).OfType<string>()];

    /// <summary>It as lines of text for a console; of each step the first five columns. <see cref="Findings"/> has them all.</summary>
    public override string ToString()
    {
        var findings = Findings;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Cleaning: {RowsBefore} rows came, {RowsAfter} stayed.").AppendLine();
        if (findings.Count == 0) text.AppendLine("  Nothing to repair.");
        var columnWidth = findings.Select(finding => finding.Column?.Length ?? 0).DefaultIfEmpty().Max();
        foreach (var step in findings.GroupBy(finding => finding.Step))
        {
            foreach (var finding in step.Take(FindingsShown))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Word(finding.Step),-14} {(finding.Column ?? "").PadRight(columnWidth)}  {finding.Count} of {finding.Of} {finding.What}");
                if (finding.Examples.Count > 0) text.Append("; ").AppendJoin("; ", finding.Examples.Take(ExamplesShown));
                text.AppendLine();
            }

            if (step.Count() > FindingsShown) text.Append(CultureInfo.InvariantCulture, $"  {Word(step.Key),-14} … and {step.Count() - FindingsShown} more columns").AppendLine();
        }

        foreach (var warning in Warnings) text.Append("  ! ").AppendLine(warning);
        return text.ToString().TrimEnd();
    }

    internal static string Word(CleanStep step) => step switch
    {
        CleanStep.NoLabel => "no label",
        CleanStep.UselessColumn => "useless column",
        CleanStep.RareCategory => "rare category",
        CleanStep.NearDuplicate => "near-duplicate",
        CleanStep.Leak => "leak",
        _ => step.ToString().ToLowerInvariant(),
    };
}
