namespace ModelTraining;

/// <summary>What is chosen once the model is trained is chosen by the validation part: training rows flatter the model, and test rows are for measuring.</summary>
internal static class ValidationPart
{
    public static Problem Missing(string verb) =>
        new("MT2330", $"{verb} works by the validation part, and the split has none: training rows would flatter the model, test rows are for measuring. Set 'Validation' of Split or CrossValidate, for example to 0.1, or leave {verb} out.");

    /// <summary>What the model as it is by now says of the validation rows.</summary>
    public static EvaluatedRows Predict(RunState state)
    {
        var rows = state.Data.ValidationRows.Span;
        var width = state.Model.OutputCount;
        var (targets, outputs, weights) = (new float[rows.Length], new float[rows.Length * width], new float[state.Data.Weights.IsEmpty ? 0 : rows.Length]);
        state.Model.Predict(state.Data.Features, rows, outputs, state.Plan.Threads);
        for (var i = 0; i < targets.Length; i++) targets[i] = state.Target.Values[rows[i]];
        for (var i = 0; i < weights.Length; i++) weights[i] = state.Data.Weights[rows[i]];
        return new EvaluatedRows(targets, outputs, weights, state.Model.Classes.Count);
    }
}
