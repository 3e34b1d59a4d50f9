using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Reporting;

/// <summary>Runs to report on, small and at a standing clock.</summary>
internal static class ReportedRuns
{
    private static readonly ITrainer Few = Trees.GradientBoosting(options => options with { Trees = 8, Leaves = 7 });

    public static Task<PipelineRun> Binary() => Trained(Given.Shop(300)).Evaluate().WithTime(new StoppedClock()).RunAsync();

    public static Task<PipelineRun> Multiclass() => Trained(Shop("plan")).Evaluate().WithTime(new StoppedClock()).RunAsync();

    public static Task<PipelineRun> Regression() => Trained(Shop("spent")).Evaluate().WithTime(new StoppedClock()).RunAsync();

    public static Task<PipelineRun> Of(ITrainer trainer) => Given.ShopPipeline(300).Train(trainer).Evaluate().WithTime(new StoppedClock()).RunAsync();

    public static Task<PipelineRun> WithoutEvaluation() => Trained(Given.Shop(300)).WithTime(new StoppedClock()).RunAsync();

    public static Task<PipelineRun> DataOnly() => Pipeline.From(Given.Shop(300)).WithTime(new StoppedClock()).RunAsync();

    public static async Task<PipelineRun> Cancelled()
    {
        using var cancel = new CancellationTokenSource();
        return await Given.ShopPipeline(300).Train(Trees.GradientBoosting(options => options with { Trees = 100_000, Patience = 100_000 })).Evaluate()
            .WithProgress(progress => { if (progress is { Stage: "Train", Completed: >= 3 }) cancel.Cancel(); })
            .RunAsync(cancel.Token);
    }

    /// <summary>Columns, classes and values that would do harm as HTML, Markdown, YAML or C#.</summary>
    public static async Task<PipelineRun> Hostile()
    {
        var random = new SeededRandom(5);
        var rows = 240;
        var label = new string[rows];
        var script = new float[rows];
        var image = new string?[rows];
        for (var row = 0; row < rows; row++)
        {
            label[row] = row % 3 == 0 ? "</title><script>alert('label')</script>" : "| \"b\" `c` \n---\n# d";
            script[row] = (float)random.NextNormal() * 0.1f + (row % 3 == 0 ? 5 : 0); // gives the label away, which is warned of
            image[row] = random.Next(4) switch { 0 => "<img src=x onerror=alert(1)>", 1 => "&lt;b&gt;", 2 => null, _ => " padded " };
        }

        var table = new Table(
            [new NumberColumn("<script>alert(1)</script>", script), TextColumn.From("\"quoted\"\\ | `tick` \u202e\u0007\ud800", image), TextColumn.From("label: \"]]>\n- x", label)],
            new Dictionary<string, ColumnRole> { ["label: \"]]>\n- x"] = ColumnRole.Label });
        return await Trained(new TableSource("<script src=//evil></script>", table)).Evaluate().WithTime(new StoppedClock()).RunAsync();
    }

    private static TrainedPipeline Trained(IDataSource source) => Pipeline.From(source).Clean().Split(test: 0.3).Train(Few);

    private static IDataSource Shop(string label) => Csv.Text(Given.ShopCsv(300), label: label, options => options with { Ids = ["customer"] });

    private sealed class TableSource(string description, Table table) : IDataSource
    {
        public string Description => description;

        public ValueTask<Table> ReadAsync(SourceContext context, CancellationToken cancellationToken)
        {
            context.Repaired("<b>row 3</b> & more");
            return new(table);
        }
    }
}
