#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// How good trainers are, with an interval, where rows are few: every row is tested once a repeat, by a model that has not learned from it. The best is refitted on all rows.
//
//   dotnet run samples/scripts/folds.cs
using ModelTraining;

var data = args is [var path] ? path : "samples/data/wine.csv";
var candidates = new Dictionary<string, ITrainer>
{
    ["logistic regression"] = Linear.Logistic(),
    ["extra trees"] = Trees.ExtraTrees(),
    ["boosting"] = Trees.GradientBoosting(o => o with { Trees = 50 }),
};

// The seed draws the same folds for all of them.
var folded = Pipeline.From(Csv.File(data, label: "label")).Clean().CrossValidate(folds: 5, o => o with { Repeats = 2 }).WithSeed(7);
var runs = new List<(string Name, PipelineRun Run)>();
foreach (var (name, trainer) in candidates)
{
    var run = await folded.Train(trainer).Evaluate().RunAsync();
    var score = run.CrossValidation["log_loss"];
    Console.WriteLine(FormattableString.Invariant($"{name,-20} log loss {score.Mean:F4} ± {score.StandardDeviation:F4}, 95 % interval {score.Interval}"));
    runs.Add((name, run));
}

var (best, kept) = runs.MinBy(entry => entry.Run.CrossValidation["log_loss"].Mean);
Console.WriteLine();
Console.WriteLine($"{best}:");
Console.WriteLine(kept.CrossValidation);

// What it gets wrong, though it had not learned from it.
var table = kept.CrossValidation.OutOfFold.ToTable();
foreach (var row in Enumerable.Range(0, table.RowCount).Where(row => !Equals(table["prediction"][row], table["label"][row])))
{
    Console.WriteLine($"row {table["source_row"][row]} is {table["label"][row]}, predicted {table["prediction"][row]}");
}

Console.WriteLine($"{kept.Export("folds.onnx").Path}, learned from {kept.Split.TrainingRows.Length} rows");
