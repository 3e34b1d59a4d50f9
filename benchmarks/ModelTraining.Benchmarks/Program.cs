using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ModelTraining.Benchmarks;

// `trees [ROUNDS]` compares with the peers and prints a line of JSON a figure; anything else goes to BenchmarkDotNet, for example `--filter *`.
if (args is ["trees", ..])
{
    await TreesComparison.RunAsync(args[1..]);
    return;
}

// In this process: BenchmarkDotNet would otherwise build a project of its own, which knows nothing of this repository's packages.
BenchmarkSwitcher.FromAssembly(typeof(TreesComparison).Assembly)
    .Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Path.Combine("artifacts", "benchmarks")));
