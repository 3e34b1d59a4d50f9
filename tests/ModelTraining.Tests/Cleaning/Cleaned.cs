namespace ModelTraining.Tests.Cleaning;

/// <summary>Runs a <see cref="CleanStage"/> and what it planned, as a pipeline would.</summary>
internal sealed class Cleaned
{
    private readonly StageContext _context;
    private readonly List<string> _warnings = [];

    public Cleaned(Table table, CleanOptions? options = null)
    {
        _context = new StageContext { Warn = _warnings.Add };
        Table = new CleanStage(options ?? new CleanOptions()).RunAsync(table, _context, CancellationToken.None).AsTask().Result;
        Report = _context.Reports.OfType<CleanReport>().Single();
    }

    /// <summary>The table that the stage left.</summary>
    public Table Table { get; }

    public CleanReport Report { get; }

    public StageContext Context => _context;

    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The findings of a step, as column: count.</summary>
    public Dictionary<string, int> Counts(CleanStep step) => Report.Findings.Where(finding => finding.Step == step).ToDictionary(finding => finding.Column ?? "", finding => finding.Count);

    /// <summary>Fits what was planned on some rows.</summary>
    public FeatureFit Fit(Target target, TrainerNeeds? needs = null, int[]? rows = null, FeatureOptions? options = null) =>
        new FeaturePlan(options ?? new FeatureOptions()).Fit(Table, rows ?? [.. Enumerable.Range(0, Table.RowCount)], target, needs ?? Trees, _context);

    /// <summary>What gradient boosting needs.</summary>
    public static TrainerNeeds Trees { get; } = new() { HandlesMissing = true, MaxCategories = 255 };

    /// <summary>What a linear model or a network needs.</summary>
    public static TrainerNeeds Linear { get; } = new() { WantsScaling = true };

    public static Table TableOf(params (string Name, string?[] Values)[] columns) => new(columns.Select(column => TextColumn.From(column.Name, column.Values)));

    /// <summary>A target of two classes, alternating.</summary>
    public static Target Alternating(int rows) => new("label", LearningTask.BinaryClassification, Enumerable.Range(0, rows).Select(row => (float)(row % 2)).ToArray(), ["no", "yes"]);
}
