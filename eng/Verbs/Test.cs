using Eng.Processes;
using Eng.Solutions;
using Eng.Testing;

namespace Eng.Verbs;

internal static class Test
{
    public static async Task<int> RunAsync(Repository repository, string[] arguments, Interruption interruption)
    {
        TestCounts counts = default;
        var complete = false;
        try
        {
            Buildable buildable = await Buildable.PrepareAsync(repository, interruption);
            WarnOfForgotten(buildable);
            if (await buildable.BuildAsync(buildable.Path, interruption) != 0)
                throw new FixableException("The build failed, so no test ran.", "The compiler's errors are above.");

            counts = await new TestRun(buildable, arguments, interruption).RunAsync();
            if (counts.Passed + counts.Failed == 0)
                throw new FixableException("No test ran.", "Look for a filter that matches none, or for test projects without an adapter.");
            complete = true;
        }
        catch (FixableException exception)
        {
            Program.Report(exception);
        }

        // Read by machines, hence nothing after it.
        Console.WriteLine(counts);
        return complete && counts.Failed == 0 ? 0 : ExitCode.Failure;
    }

    private static void WarnOfForgotten(Buildable buildable)
    {
        var tests = Path.Combine(buildable.Repository.Root, "tests");
        if (!Directory.Exists(tests))
            return;
        HashSet<string> known = [.. buildable.Projects.Concat(buildable.LeftOut.Select(project => project.Project)).Select(project => project.Path)];
        foreach (var path in Directory.EnumerateFiles(tests, "*.csproj", SearchOption.AllDirectories).Where(path => !known.Contains(path)))
            Console.WriteLine($"warning: {buildable.Repository.RelativePath(path)} is not in ModelTraining.sln, so its tests do not run.");
    }
}
