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

        var exitCode = await Dotnet.BuildAsync(buildable.Path, repository.Root, interruption, ["-t:Pack", $"-p:PackageOutputPath={packages}", .. arguments]);
        if (exitCode != 0)
            return exitCode;
        if (!Directory.Exists(packages))
            throw new FixableException("No project made a package.", "Set IsPackable in those that should.");
        foreach (var package in Directory.EnumerateFiles(packages).Order(StringComparer.Ordinal))
            Console.WriteLine(repository.RelativePath(package));
        return 0;
    }
}
