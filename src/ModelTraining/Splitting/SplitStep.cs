namespace ModelTraining;

/// <summary>Encodes the label, and divides the rows.</summary>
internal sealed class SplitStep(SplitOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Split";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema)
    {
        if (schema.Label is null)
        {
            yield return new Problem("MT2006", $"No column is the label. Name it where the data comes from, for example Csv.File(path, label: \"{(schema.Count > 0 ? schema[schema.Count - 1].Name : "income")}\").");
        }
    }

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.Target = new TargetEncoder(state.Plan.Task).Encode(state.Table, state.Context.Warn);
        if (state.Plan.PositiveClass is { } positive) state.Target = PositiveClass.Apply(state.Target, positive);
        state.Split = new Splitter(options).Split(state.Target, state.Table.RowCount, state.Random("split"), state.Context.Warn);
        if (state.Table.WithRole(ColumnRole.Weight).FirstOrDefault() is { } weights) state.Weights = RowWeights.Read(weights);
        return ValueTask.CompletedTask;
    }
}
