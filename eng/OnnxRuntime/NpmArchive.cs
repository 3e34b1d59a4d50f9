using System.ComponentModel;
using System.Security.Cryptography;
using Eng.Processes;

namespace Eng.OnnxRuntime;

/// <summary>One version of a package on the npm registry, and the digest that it must have.</summary>
/// <param name="Integrity">As npm writes it: <c>sha512-</c> and base64.</param>
internal sealed record NpmArchive(string Name, string Version, string Integrity)
{
    /// <summary>Downloads the archive into an empty folder and returns its path.</summary>
    public async Task<string> DownloadAsync(string folder, Interruption interruption)
    {
        Directory.CreateDirectory(folder);
        Captured npm;
        try
        {
            npm = await Child.CaptureAsync(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                ["pack", $"{Name}@{Version}", "--ignore-scripts", "--loglevel=error"],
                folder,
                interruption);
        }
        catch (Win32Exception)
        {
            throw new FixableException("The command `npm` was not found.", "It comes with Node.js: install that, or add a NuGet source that has the package.");
        }

        if (npm.ExitCode != 0)
        {
            throw new FixableException(
                $"`npm pack {Name}@{Version}` failed, so the package cannot be made here.",
                $"Mend npm's access to its registry, or add a NuGet source that has the package.\n{npm.Error.Trim()}");
        }

        var archive = Directory.EnumerateFiles(folder, "*.tgz").SingleOrDefault()
            ?? throw new FixableException($"`npm pack {Name}@{Version}` left no archive.", "Try again with another version of npm.");
        await CheckAsync(archive, interruption.Asked);
        return archive;
    }

    private async Task CheckAsync(string archive, CancellationToken cancellation)
    {
        using FileStream stream = File.OpenRead(archive);
        var actual = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellation));
        if (actual != Integrity)
        {
            throw new FixableException(
                $"{Name} {Version} from the npm registry is not the archive it should be: its digest is {actual}, expected {Integrity}.",
                "Nothing of it was used; check where npm downloads from.");
        }
    }
}
