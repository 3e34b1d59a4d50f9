using Eng.Feeds;
using Eng.Processes;

namespace Eng.Solutions;

/// <summary>
/// Restores from the configured sources, and where they do not answer, from what has been restored before.
/// NuGet alone does that only where nothing has changed: it asks its sources for advisories, and for each dependency that it once resolved to a higher version.
/// </summary>
internal sealed class Restoration(Repository repository, Interruption interruption)
{
    /// <exception cref="FixableException">It failed; NuGet's errors have been written.</exception>
    public async Task RunAsync(string path, IReadOnlyList<Finding> findings)
    {
        Console.WriteLine("restoring");
        // A package made anew has the same name and version as the one it replaces, which NuGet takes for "nothing to do".
        var force = $"-p:RestoreForce={findings.Any(finding => finding.Kind == FindingKind.Made)}";

        // Where we got no answer, NuGet would try for minutes.
        var silent = findings.Any(finding => finding.Kind == FindingKind.Unanswered);
        if (silent && (await RestoreAsync(path, AtHand, force)).ExitCode == 0)
            return;

        // What it warns of, the build repeats.
        Captured usual = await RestoreAsync(path, force);
        if (usual.ExitCode == 0)
            return;

        if (!silent && (await RestoreAsync(path, AtHand, force)).ExitCode == 0)
        {
            Console.WriteLine($"The sources failed; restored from {repository.RelativePath(repository.PackageFolder)} alone.");
            return;
        }

        Console.Write(usual.Output);
        Console.Error.Write(usual.Error);
        throw new FixableException("The packages could not be restored.", "NuGet's errors are above.");
    }

    // %3B, since a semicolon would end the property.
    private string AtHand => $"-p:RestoreSources={repository.PackageFolder}%3B{repository.MadePackages}";

    private Task<Captured> RestoreAsync(string path, params string[] arguments) =>
        Dotnet.CaptureAsync(["msbuild", path, "-t:Restore", .. Dotnet.Quiet, .. arguments], repository.Root, interruption);
}
