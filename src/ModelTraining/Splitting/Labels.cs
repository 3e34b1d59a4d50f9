namespace ModelTraining;

/// <summary>Reads what is to be predicted, and how much each row counts.</summary>
internal static class Labels
{
    public static IEnumerable<Problem> Validate(Schema schema)
    {
        if (schema.Label is null)
        {
            yield return new Problem("MT2006", $"No column is the label. Name it where the data comes from, for example Csv.File(path, label: \"{(schema.Count > 0 ? schema[schema.Count - 1].Name : "income")}\").");
        }
    }

    public static void Read(RunState state)
    {
        state.Target = new TargetEncoder(state.Plan.Task).Encode(state.Table, state.Context.Warn);
        if (state.Plan.PositiveClass is { } positive) state.Target = PositiveClass.Apply(state.Target, positive);
        if (state.Table.WithRole(ColumnRole.Weight).FirstOrDefault() is { } weights) state.Weights = RowWeights.Read(weights);
    }
}
