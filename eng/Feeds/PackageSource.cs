using System.Text.RegularExpressions;
using Eng.Processes;

namespace Eng.Feeds;

/// <summary>One of the sources that NuGet is configured with.</summary>
internal abstract partial class PackageSource(string name)
{
    public string Name { get; } = name;

    public abstract Task<Answer> AskAsync(WantedPackage package, CancellationToken cancellation);

    public static async Task<IReadOnlyList<PackageSource>> ListAsync(Repository repository, HttpClient http, Interruption interruption)
    {
        Captured listing = await Dotnet.CaptureAsync(["nuget", "list", "source"], repository.Root, interruption);
        if (listing.ExitCode != 0)
            throw new FixableException("`dotnet nuget list source` failed.", (listing.Error + listing.Output).Trim());

        return
        [
            .. from Match entry in Entry().Matches(listing.Output)
               where entry.Groups["state"].Value == "Enabled"
               select Create(entry.Groups["name"].Value, entry.Groups["address"].Value, http),
        ];
    }

    private static PackageSource Create(string name, string address, HttpClient http) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? new FeedSource(name, uri, http)
            : new FolderSource(name, address);

    [GeneratedRegex(@"^\s*\d+\.\s+(?<name>.+) \[(?<state>\w+)\]\s*\n\s+(?<address>\S.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
