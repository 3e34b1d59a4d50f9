using BenchmarkDotNet.Running;
using ModelTraining.Benchmarks;

// `trees [ROUNDS]` compares with the peers and prints a line of JSON a figure; anything else goes to BenchmarkDotNet, for example `--filter *`.
if (args is ["trees", ..])
{
    await TreesComparison.RunAsync(args[1..]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(TreesComparison).Assembly).Run(args);
