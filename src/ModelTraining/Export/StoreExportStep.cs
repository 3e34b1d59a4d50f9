namespace ModelTraining;

/// <summary>Saves the model in a store.</summary>
internal sealed class StoreExportStep(IModelStore store, string name, string? alias) : IRunStep
{
    public string Name => "Export";

    public bool FitsModel => false;

    // Before any work: a wrong name after an hour of training would be a pity.
    public IEnumerable<Problem> Validate()
    {
        if (SafeName.Trouble(name) is { } trouble) yield return new Problem("MT1610", $"Export can't save a model as '{name}': {trouble}. Use letters, digits, '-' and '_'.");
        if (alias is not null && ModelAlias.Trouble(alias) is { } wrong) yield return new Problem("MT1610", $"Export can't set the alias '{alias}': {wrong}. Use letters, digits, '-' and '_'.");
    }

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken) =>
        state.Exports.Add(await new ModelExporter(state).ExportAsync(store, name, alias, cancellationToken).ConfigureAwait(false));
}
