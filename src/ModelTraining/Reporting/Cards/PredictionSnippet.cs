namespace ModelTraining;

/// <summary>The code that predicts with a model, with the columns that it takes.</summary>
internal static class PredictionSnippet
{
    private const int MostColumns = 100;

    public static void Write(Markdown card, PipelineRun run, TrainedModel model)
    {
        var inputs = run.FeaturesOrNull?.UsedColumns ?? [];
        card.Line($"## How to predict").Line($"").Line($"With the package ModelTraining; a row has its raw values, null where one is missing:").Line($"");
        card.Line($"```csharp").Line($"using var predictor = Predictor.Load({Quoted.Of(run.Exports.Count > 0 ? Path.GetFileName(run.Exports[0].Path) : "model.onnx")});").Line($"");
        card.Line($"Prediction prediction = predictor.Predict(new Dictionary<string, object?>").Line($"{{");
        foreach (var name in inputs.Take(MostColumns)) WriteColumn(card, name, run.Table.Schema[name].Type, run.Functions.All.Any(function => function.Name == name) ? " // computed as in training: no file holds that function" : "");
        if (inputs.Count > MostColumns) card.Line($"    // … and {ReportNumber.Count(inputs.Count - MostColumns)} more columns: predictor.Schema has them all");
        card.Line($"}});").Line($"");
        if (model.Task == LearningTask.Regression) card.Line($"Console.WriteLine(prediction.Value);");
        else card.Line($"Console.WriteLine($\"{{prediction.Label}} ({{prediction.Probability:P1}})\");");
        card.Line($"```").Line($"").Line($"Or with ONNX Runtime in any language: the graph has an input for each column, by its name.");
    }

    /// <summary>No value of the data: a card is shown to people who may not see the rows.</summary>
    private static void WriteColumn(Markdown card, string name, ColumnType type, string note)
    {
        switch (type)
        {
            case ColumnType.Number: card.Line($"    [{Quoted.Of(name)}] = 0.5,{note}"); break;
            case ColumnType.Integer: card.Line($"    [{Quoted.Of(name)}] = 1,"); break;
            case ColumnType.Boolean: card.Line($"    [{Quoted.Of(name)}] = true,"); break;
            case ColumnType.DateTime: card.Line($"    [{Quoted.Of(name)}] = new DateTime(2026, 1, 31),"); break;
            default: card.Line($"    [{Quoted.Of(name)}] = \"…\",{note}"); break;
        }
    }
}
