// Income of more than 50,000 dollars a year, from the census of 1994: mixed columns, missing values written as "?", default options.
using System.Diagnostics;
using ModelTraining;
using Samples;

if (args.Length != 1 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: Census path/to/adult.csv");
    return 2;
}

var clock = Stopwatch.StartNew();
var progress = new ConsoleProgress();
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true; // the run ends at the next tree, and exports the best model so far
    cancel.Cancel();
};

PipelineRun run = await Pipeline
    .From(Csv.File(args[0], label: "label(IsOver50K)"))
    .Clean()
    .Split(test: 0.2)
    .Train(Trees.GradientBoosting())
    .Evaluate()
    .Export("census.onnx")
    .WithProgress(progress)
    .RunAsync(cancel.Token);

progress.Finish();
Console.WriteLine();
Console.WriteLine(run.Report<CleanReport>());
Console.WriteLine();
Console.WriteLine(run.Evaluation);
Console.WriteLine();
foreach (var importance in run.Model.Importances.Take(5)) Console.WriteLine($"  {importance.Feature,-20} {importance.Gain,6:P1} of the gain");
Console.WriteLine();
Console.WriteLine(SampleResult.Of("census", run, "roc_auc", clock.Elapsed).ToJson());
return 0;
