using Eng.Processes;
using Eng.Solutions;

namespace Eng.Testing;

/// <summary>Runs the built test projects one after the other, so that what one measures another does not disturb.</summary>
internal sealed class TestRun(Buildable buildable, string[] arguments, Interruption interruption)
{
    private readonly string _results = Path.Combine(buildable.Repository.Artifacts, "test-results");

    public async Task<TestCounts> RunAsync()
    {
        // Else a project that crashes would be counted with its results of last time.
        if (Directory.Exists(_results))
            Directory.Delete(_results, recursive: true);

        TestCounts sum = default;
        List<SkippedTest> skipped = [];
        foreach (ProjectFile project in TestProjects())
        {
            TestResults results = await RunAsync(project);
            sum += results.Counts;
            skipped.AddRange(results.Skipped);
        }

        foreach (IGrouping<string, SkippedTest> tests in skipped.GroupBy(test => test.Reason))
            Console.WriteLine($"skipped {tests.Count()}: {tests.Key} ({Some(tests)})");
        return sum;
    }

    private static string Some(IEnumerable<SkippedTest> tests) =>
        tests.First().Name + (tests.Skip(1).Any() ? ", …" : "");

    private IEnumerable<ProjectFile> TestProjects() => buildable.Projects
        .Where(project => buildable.Repository.RelativePath(project.Path).StartsWith("tests/", StringComparison.Ordinal))
        .OrderBy(project => project.Name, StringComparer.Ordinal);

    private async Task<TestResults> RunAsync(ProjectFile project)
    {
        var trx = project.Name + ".trx";
        var exitCode = await Dotnet.RunAsync(
            [
                "test", project.Path, "--no-build", "-c", "Release", "--results-directory", _results,
                "--logger", $"trx;LogFileName={trx}", "--logger", "console;verbosity=quiet", "--nologo", .. arguments,
            ],
            buildable.Repository.Root,
            interruption);

        // The console logger would name every skipped test beside the failed ones.
        TestResults results = TestResults.Read(Path.Combine(_results, trx));
        foreach (FailedTest test in results.Failed)
            Console.WriteLine($"failed {test.Name}\n{test.Message}\n{test.StackTrace}\n");
        if (exitCode == 0 || results.Counts.Failed > 0)
            return results;

        // So that the last line does not read as if all were well.
        Console.WriteLine($"{project.Name} ended with exit code {exitCode} and without a failed test, which counts as one failure.");
        return results with { Counts = results.Counts with { Failed = 1 } };
    }
}
