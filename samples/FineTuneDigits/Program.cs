// A small convolutional network that was trained elsewhere on the digits 0 to 4 learns all ten, and beside it the same network from scratch under the same budget.
using System.Diagnostics;
using ModelTraining;
using Samples;

if (args.Length != 2 || !args.All(File.Exists))
{
    Console.Error.WriteLine("Usage: FineTuneDigits path/to/digits04-cnn.onnx path/to/digits.csv");
    return 2;
}

var clock = Stopwatch.StartNew();
var progress = new ConsoleProgress();
PipelineRun tuned = await Describe(fromScratch: false).Export("digits.onnx").WithProgress(progress).RunAsync();
progress.Finish();
Console.WriteLine();
Console.WriteLine(tuned.Evaluation);
PipelineRun scratch = await Describe(fromScratch: true).WithProgress(progress).RunAsync();
progress.Finish();
Console.WriteLine();
Console.WriteLine($"Fine-tuned {tuned.Evaluation["accuracy"]:P1}, from scratch under the same budget {scratch.Evaluation["accuracy"]:P1}.");
Console.WriteLine();
Console.WriteLine(SampleResult.Of("fine-tune-digits", tuned, "accuracy", clock.Elapsed).ToJson());
return 0;

EvaluatedPipeline Describe(bool fromScratch) => Pipeline
    .From(Csv.File(args[1], label: "label"))                    // 64 pixels a row, 0 to 16
    .WithTask(LearningTask.MulticlassClassification)
    .Split(test: 0.2, validation: 0.1)
    .FineTune(args[0], o => o with { InputScale = 1 / 16.0, Epochs = 2, BatchSize = 32, FromScratch = fromScratch })
    .Evaluate();
