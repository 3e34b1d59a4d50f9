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
ITrainer tabular = Networks.TabularResNet(o => o with
{
    Epochs = 40,
    BatchSize = 128,
    LearningRate = 2e-3,
    Patience = 40,
    Schedule = new CosineSchedule(),
    Averaging = new ExponentialAveraging { Decay = 0.99 },
});
PipelineRun network = await Describe(tabular).Export("houses.onnx").WithProgress(progress).RunAsync();
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
