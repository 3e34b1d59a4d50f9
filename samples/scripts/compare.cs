#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// Several trainers and options on the same rows: the seed makes every run split alike. The best takes the file.
//
//   dotnet run samples/scripts/compare.cs
using ModelTraining;

var data = args is [var path] ? path : "samples/data/breast-cancer-wdbc.csv";
var candidates = new Dictionary<string, ITrainer>
{
    ["baseline"] = Baselines.Constant(),
    ["logistic regression"] = Linear.Logistic(),
    ["random forest"] = Trees.RandomForest(),
    ["boosting"] = Trees.GradientBoosting(),
    ["boosting, small trees"] = Trees.GradientBoosting(o => o with { Leaves = 7, LearningRate = 0.05, Trees = 300 }),
};

// Cleaning and splitting are said once: a pipeline is immutable, and can be continued in many ways.
var prepared = Pipeline.From(Csv.File(data, label: "label")).Clean().Split(test: 0.2, validation: 0.2).WithSeed(7);
var runs = new List<(string Name, PipelineRun Run)>();
foreach (var (name, trainer) in candidates)
{
    var run = await prepared.Train(trainer).Evaluate().RunAsync();
    Console.WriteLine(FormattableString.Invariant($"{name,-22} log loss {run.Evaluation["log_loss"]:F4}, ROC AUC {run.Evaluation["roc_auc"]:F4}"));
    runs.Add((name, run));
}

var order = runs.OrderBy(entry => entry.Run.Evaluation["log_loss"]).ToList();
var (best, second) = (order[0], order[1]);

// On so few test rows much of a difference may be chance.
Console.WriteLine();
Console.WriteLine($"{best.Name}, beside {second.Name}:");
Console.WriteLine(best.Run.CompareWith(second.Run));
Console.WriteLine();
Console.WriteLine($"{best.Name}: {best.Run.Export("best.onnx").Path}");
