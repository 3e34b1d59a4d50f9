// House prices of California by a network, and by gradient boosting on the same rows.
using System.Diagnostics;
using ModelTraining;
using Samples;

if (args.Length != 1 || !File.Exists(args[0]))
{
    Console.Error.WriteLine("Usage: TabularNetwork path/to/california-housing.csv");
    return 2;
}

var clock = Stopwatch.StartNew();
var progress = new ConsoleProgress();
PipelineRun network = await Describe(Networks.TabularResNet(o => o with { Epochs = 60, BatchSize = 256, LearningRate = 2e-3, Schedule = new CosineSchedule() }))
    .Export("houses.onnx").WithProgress(progress).RunAsync();
progress.Finish();
Console.WriteLine();
Console.WriteLine(network.Evaluation);
PipelineRun trees = await Describe(Trees.GradientBoosting()).WithProgress(progress).RunAsync();
progress.Finish();
Console.WriteLine();
Console.WriteLine($"rmse: network {network.Evaluation["rmse"]:N0}, gradient boosting {trees.Evaluation["rmse"]:N0}.");
Console.WriteLine();
Console.WriteLine(SampleResult.Of("tabular-network", network, "rmse", clock.Elapsed).ToJson());
return 0;

EvaluatedPipeline Describe(ITrainer trainer) => Pipeline
    .From(Csv.File(args[0], label: "median_house_value"))
    .Clean()
    .Split(test: 0.2, validation: 0.1)
    .Train(trainer)
    .Evaluate();
