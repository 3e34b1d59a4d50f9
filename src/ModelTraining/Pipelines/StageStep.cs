namespace ModelTraining;

/// <summary>Runs a stage on the rows before they are split.</summary>
internal sealed class StageStep(IPipelineStage stage, bool insideModel) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => (stage as IHasOptions)?.Options ?? [];

    /// <summary>Whether it is someone else's, and may do what the exported model does not.</summary>
    public bool IsForeign => !insideModel;

    public string Name => stage.Name;

    public object Sameness => (stage as CleanStage)?.Sameness ?? stage;

    public IEnumerable<Problem> Validate() => stage.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => stage.Validate(schema);

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.Table = await stage.RunAsync(state.Table, state.Context, cancellationToken).ConfigureAwait(false);
        if (state.Table.RowCount == 0) throw new ModelTrainingException("MT2005", $"No row is left after {Name}. Loosen its options.");
        if (!insideModel) state.StagesOutsideModel.Add(Name);
    }
}
