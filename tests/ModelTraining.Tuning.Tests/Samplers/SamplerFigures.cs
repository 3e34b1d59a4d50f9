using System.Diagnostics;

namespace ModelTraining.Tests.Samplers;

/// <summary>The table of docs/tuning.md: <c>dotnet test tests/ModelTraining.Tuning.Tests --filter Name~SamplerFigures</c>.</summary>
[Explicit("Prints figures; some minutes.")]
internal sealed class SamplerFigures
{
    [Test]
    public void MedianRegret_of20Seeds_after60Trials()
    {
        ISampler[] samplers = [new RandomSampler(), new QuasiRandomSampler(), new QuasiRandomSampler { Sequence = QuasiRandomSequence.Sobol }, new TpeSampler(), new TpeSampler { Multivariate = false }, new GaussianProcessSampler(), new CmaEsSampler(), new GeneticSampler { Population = 15 }];
        foreach (var sampler in samplers)
        {
            var clock = Stopwatch.StartNew();
            var figures = new[] { TestFunction.Branin, TestFunction.Hartmann6, TestFunction.Rastrigin5, TestFunction.Conditional }
                .Select(function => sampler.Validate(Space(function), 1).Any() ? "–" : FormattableString.Invariant($"{function.MedianRegret(sampler, 20, 60):G3}"));
            TestContext.Progress.WriteLine($"| {sampler} | {string.Join(" | ", figures)} | {clock.Elapsed.TotalSeconds:F1} s");
        }
    }

    private static SearchSpace Space(TestFunction function)
    {
        var space = new SearchSpace();
        function.Build(space);
        return space;
    }
}
