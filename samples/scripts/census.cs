#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// Income of more than 50,000 dollars a year, from the census of 1994: which columns tell, and how good the model is on those that were held back.
//
//   dotnet run samples/scripts/census.cs -- path/to/adult.csv
using ModelTraining;

if (args is not [var data])
{
    Console.Error.WriteLine("Usage: census.cs path/to/adult.csv");
    return 2;
}

var run = await Pipeline
    .From(Csv.File(data, label: "label(IsOver50K)"))
    .Clean()
    .Split(test: 0.2)
    .Train(Trees.GradientBoosting())
    .Evaluate()
    .Export("census.onnx")
    .WithProgress(progress => { if (progress.Completed == progress.Total) Console.Error.WriteLine($"{progress.Stage}: {progress.Completed} {progress.Unit}"); })
    .RunAsync();

Console.WriteLine(run.Report<CleanReport>());
Console.WriteLine(run.Evaluation);
foreach (var importance in run.Model.Importances.Take(5)) Console.WriteLine(FormattableString.Invariant($"{importance.Feature,-20} {importance.Gain,6:P1} of the gain"));
return 0;
