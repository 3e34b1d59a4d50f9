using Eng.Processes;
using Eng.Solutions;

namespace Eng.Verbs;

internal static class Pack
{
    public static async Task<int> RunAsync(Repository repository, string[] arguments, Interruption interruption)
    {
        Buildable buildable = await Buildable.PrepareAsync(repository, interruption);
        var packages = Path.Combine(repository.Artifacts, "packages");
        if (Directory.Exists(packages))
            Directory.Delete(packages, recursive: true);

        // Not the whole solution: to pack it is to build its tests, samples and benchmarks too.
        var filter = Path.Combine(repository.Artifacts, "packable.slnf");
        SolutionFilter.Write(filter, repository.Solution, buildable.Projects.Where(project => repository.RelativePath(project.Path).StartsWith("src/", StringComparison.Ordinal)));
        var exitCode = await Dotnet.BuildAsync(filter, repository.Root, interruption, ["-t:Pack", $"-p:PackageOutputPath={packages}", .. arguments]);
        if (exitCode != 0)
            return exitCode;
        if (!Directory.Exists(packages))
            throw new FixableException("No project made a package.", "Set IsPackable in those that should.");
        foreach (var package in Directory.EnumerateFiles(packages).Order(StringComparer.Ordinal))
            Console.WriteLine(repository.RelativePath(package));
        return 0;
    }
}
