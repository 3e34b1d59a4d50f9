// From a file of data to a model that ships, a report of how it came to be, and one prediction with it.
using System.Diagnostics;
using ModelTraining;
using Samples;

var clock = Stopwatch.StartNew();
var progress = new ConsoleProgress();
var data = Path.Combine(AppContext.BaseDirectory, "breast-cancer-wdbc.csv");

PipelineRun run = await Pipeline
    .From(Csv.File(data, label: "label"))
    .Clean()                                 // duplicates, formats, missing values, outliers, and a report of each
    .Split(test: 0.2, validation: 0.1)       // stratified and seeded; whatever learns sees the training part only
    .Train(Trees.GradientBoosting())
    .Evaluate()
    .Export("breast-cancer.onnx")            // preprocessing inside, compared with ONNX Runtime row by row
    .WithProgress(progress)
    .RunAsync();

progress.Finish();
Console.WriteLine();
Console.WriteLine(run.Report<CleanReport>());
Console.WriteLine();
Console.WriteLine(run.Evaluation);
Console.WriteLine();
Console.WriteLine($"The whole report, with curves: {run.SaveReport("breast-cancer.html")}");
Console.WriteLine();

// The exported file takes the raw row: here a dictionary, as a web request might bring it.
using var predictor = Predictor.Load("breast-cancer.onnx");
var row = run.Source.Columns.ToDictionary(column => column.Name, column => column[0]);
var prediction = predictor.Predict(row);
Console.WriteLine($"First row of the file: it says {row["label"]}, the model says {prediction.Label} with probability {prediction.Probability:F3}.");
Console.WriteLine();
Console.WriteLine(SampleResult.Of("quickstart", run, "roc_auc", clock.Elapsed).ToJson());
