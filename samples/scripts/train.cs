#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// From a file of rows to a model that ships: any CSV, and the column to predict.
//
//   dotnet run samples/scripts/train.cs -- samples/data/wine.csv label wine.onnx
using ModelTraining;

if (args is not [var data, var label, var model])
{
    Console.Error.WriteLine("Usage: train.cs DATA.csv LABEL MODEL.onnx");
    return 2;
}

var run = await Pipeline
    .From(Csv.File(data, label))
    .Clean()
    .Split(test: 0.2, validation: 0.1)
    .Train(Trees.GradientBoosting())
    .Evaluate()
    .Export(model)
    .RunAsync();

Console.WriteLine(run);                       // stages, warnings, metrics beside the baseline, the file
Console.WriteLine($"The report, with curves: {run.SaveReport(Path.ChangeExtension(model, ".html"))}");
return 0;
