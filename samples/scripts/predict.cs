#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// What a model says of the rows of a file, as CSV. The rows are raw: cleaning and features are part of the model.
//
//   dotnet run samples/scripts/predict.cs -- wine.onnx samples/data/wine.csv
using System.Globalization;
using ModelTraining;

if (args is not [var model, var data])
{
    Console.Error.WriteLine("Usage: predict.cs MODEL.onnx DATA.csv");
    return 2;
}

using var predictor = Predictor.Load(model);
Console.Error.WriteLine($"{predictor.Manifest.Trainer}, trained {predictor.Manifest.TrainedAt:u}, takes {string.Join(", ", predictor.Manifest.Inputs.Select(input => input.Name))}");

var rows = (await Pipeline.From(Csv.File(data)).RunAsync()).Table;
Console.WriteLine(predictor.Manifest.Classes.Count > 0 ? "label,probability" : "value");
foreach (var prediction in predictor.Predict(rows))
{
    Console.WriteLine(prediction.Label is null
        ? prediction.Value?.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{prediction.Label},{prediction.Probability:F4}"));
}

return 0;
