// Income of more than 50,000 dollars a year, with settings of gradient boosting that are looked for: 40 trials, kept in a journal. Stop it however you like, and start it again.
using System.Diagnostics;
using System.Globalization;
using ModelTraining;
using Samples;

if (args.Length is < 1 or > 2 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: Tune path/to/adult.csv [path/to/study.jsonl]");
    return 2;
}

var clock = Stopwatch.StartNew();
var journal = args.Length > 1 ? args[1] : "study.jsonl";
var progress = new ConsoleProgress();
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true; // the trial at work is given back, and the best model so far is exported
    cancel.Cancel();
};

var split = Pipeline.From(Csv.File(args[0], label: "label(IsOver50K)")).Clean().Split(test: 0.2);
var run = await split
    .Tune(Tune.GradientBoosting(), o => o with { Trials = 40, Storage = new JournalFile(journal) })
    .Evaluate()
    .Export("tuned.onnx")
    .WithProgress(progress)
    .RunAsync(cancel.Token);

progress.Finish();
var report = run.Report<TuneReport>()!;
run.SaveReport("tune.html");
Console.WriteLine();
Console.WriteLine(report);
foreach (var importance in report.Importances) Console.WriteLine($"  {importance.Parameter,-20} {importance.Share,6:P1} of the importance");
Console.WriteLine();
var defaults = report.Trials.First(trial => trial.Number == 0);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  validation {report.Metric}: {report.Best.Value:F5}, of the defaults {defaults.Value:F5}"));
Console.WriteLine(run.Evaluation);
Console.WriteLine();
Console.WriteLine(SampleResult.Of("tune", run, "roc_auc", clock.Elapsed).ToJson());
return 0;
