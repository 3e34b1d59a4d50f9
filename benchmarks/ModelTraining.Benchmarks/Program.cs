using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ModelTraining.Benchmarks;

// `NAME [ROUNDS]` compares a group with its peers and prints a line of JSON a figure (`networks 1 resnet8`: one network; `profile resnet8`: where its time goes); options go to BenchmarkDotNet, for example `--filter *`.
Dictionary<string, Func<string[], Task>> groups = new(StringComparer.Ordinal)
{
    ["csv"] = CsvComparison.RunAsync,
    ["imbalance"] = ImbalanceComparison.RunAsync,
    ["networks"] = NetworksComparison.RunAsync,
    ["pipeline"] = PipelineComparison.RunAsync,
    ["predict"] = PredictComparison.RunAsync,
    ["profile"] = NetworkProfile.RunAsync,
    ["spill"] = SpillComparison.RunAsync,
    ["trees"] = TreesComparison.RunAsync,
    ["tuning"] = PrunerSearch.RunAsync,
};
if (args is [var name, .. var rest] && groups.TryGetValue(name, out var compare))
{
    await compare(rest);
    return 0;
}

if (args is [] or [[not '-', ..], ..])
{
    Console.Error.WriteLine($"{(args is [] ? "Name a group" : $"There is no group '{args[0]}'")}: {string.Join(", ", groups.Keys)} [ROUNDS]; or give BenchmarkDotNet's options, such as --filter *.");
    return 2;
}

// In this process: BenchmarkDotNet would otherwise build a project of its own, which knows nothing of this repository's packages.
BenchmarkSwitcher.FromAssembly(typeof(TreesComparison).Assembly)
    .Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Path.Combine("artifacts", "benchmarks")));
return 0;
