namespace ModelTraining.Tests.Pipelines;

/// <summary>A stage of someone's own.</summary>
internal sealed class FunctionStage(string name, Func<Table, StageContext, Table> run, params Problem[] problems) : IPipelineStage
{
    public string Name => name;

    public IEnumerable<Problem> Validate() => problems;

    public ValueTask<Table> RunAsync(Table table, StageContext context, CancellationToken cancellationToken) => new(run(table, context));
}
