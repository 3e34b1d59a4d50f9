#!/usr/bin/env dotnet
#:project ../../src/ModelTraining/ModelTraining.csproj

// Rows that are no file: objects of your own, and whatever a database gives. A regression, so that there is a number to predict.
//
//   dotnet run samples/scripts/records.cs
using System.Data;
using ModelTraining;

var random = new Random(1);
var flats = Enumerable.Range(0, 600).Select(_ =>
{
    var flat = new Flat(random.Next(25, 140), random.Next(0, 8), random.Next(3) switch { 0 => "north", 1 => "south", _ => "centre" }, 0);
    var rent = 150 + (9.5 * flat.SquareMeters) - (12 * flat.Floor) + (flat.District == "centre" ? 220 : 0) + (40 * random.NextDouble());
    return flat with { Rent = rent };
}).ToList();

var run = await Pipeline
    .From(Records.Of(flats, label: nameof(Flat.Rent)))
    .Clean().Split(test: 0.25)
    .Train(Linear.Ridge())
    .Evaluate()
    .RunAsync();
Console.WriteLine(FormattableString.Invariant($"objects:  R² {run.Evaluation["r2"]:F3}, mean error {run.Evaluation["mean_absolute_error"]:F1}"));

// A predictor takes the same objects; the rent of one that is asked for does not matter.
using var predictor = run.CreatePredictor();
Console.WriteLine(FormattableString.Invariant($"80 m² in the centre: {predictor.Predict(new Flat(80, 2, "centre", 0)).Value:F0}"));

// Any ADO.NET reader does: here one over a table in memory, in an app command.ExecuteReader() of its provider. It is read once.
using var table = new DataTable();
table.Columns.Add("square_meters", typeof(int));
table.Columns.Add("district", typeof(string));
table.Columns.Add("rent", typeof(double));
foreach (var flat in flats) table.Rows.Add(flat.SquareMeters, flat.District, flat.Rent);
var fromDatabase = await Pipeline.From(Database.Reader(table.CreateDataReader(), label: "rent")).Clean().Split(test: 0.25).Train(Trees.GradientBoosting()).Evaluate().RunAsync();
Console.WriteLine(FormattableString.Invariant($"database: R² {fromDatabase.Evaluation["r2"]:F3}, baseline {fromDatabase.Evaluation.Baseline["r2"]:F3}"));

internal sealed record Flat(int SquareMeters, int Floor, string District, double Rent);
