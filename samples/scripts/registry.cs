#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// What was tried, and which model is in use: runs kept in a folder, models in another, and an alias on the best of them.
//
//   dotnet run samples/scripts/registry.cs
using ModelTraining;

var tracker = new FileTracker("runs");
var store = new FileModelStore("models");
foreach (var learningRate in new[] { 0.3, 0.1, 0.03 })
{
    await Pipeline
        .From(Csv.File("samples/data/wine.csv", label: "label")).Clean().Split(test: 0.3)
        .Train(Trees.GradientBoosting(o => o with { Trees = 60, LearningRate = learningRate }))
        .Evaluate()
        .Export(store, "wine")
        .WithName(FormattableString.Invariant($"wine, learning rate {learningRate}")).WithTracker(tracker)
        .RunAsync();
}

// Read back, here or in another process, next month.
foreach (var run in tracker.Runs())
{
    Console.WriteLine(FormattableString.Invariant($"{run.Name}: {run.Outcome}, log loss {run.Metrics["test_log_loss"]:F4}, {run.Steps.Count} points of its curve, model {run.Models[0]}"));
}

var versions = await store.ListAsync("wine");
var best = versions.MinBy(version => version.Manifest.Metrics["log_loss"])!;
await store.SetAliasAsync("wine", "production", best.Version);

var inUse = await store.GetAsync("wine", "production");
using var predictor = Predictor.Load(await store.ReadAsync(inUse.Name, inUse.Version));
Console.WriteLine($"In production: {inUse}, {predictor.Manifest.Trainer}");
