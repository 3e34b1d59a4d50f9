using System.Net;
using Eng.Processes;

namespace Eng.Feeds;

/// <summary>Looks for packages: first where no network is needed, then at the configured sources.</summary>
internal sealed class PackageSearch(Repository repository, Interruption interruption) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 8, AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private readonly PackageFolder _restored = new(repository.PackageFolder);
    private readonly FolderSource _made = new("eng/packages", repository.MadePackages);

    public async Task<IReadOnlyList<Finding>> FindAsync(IReadOnlyList<WantedPackage> packages)
    {
        Finding?[] atHand = await Task.WhenAll(packages.Select(FindAtHandAsync));
        if (Array.TrueForAll(atHand, finding => finding is not null))
            return atHand!;

        IReadOnlyList<PackageSource> sources = await PackageSource.ListAsync(repository, _http, interruption);
        return await Task.WhenAll(packages.Select(async (package, index) => atHand[index] ?? await AskAsync(package, sources)));
    }

    public void Dispose() => _http.Dispose();

    private async Task<Finding?> FindAtHandAsync(WantedPackage package)
    {
        // Said first, also where it has been restored since: it is not the vendor's.
        Answer made = await _made.AskAsync(package, interruption.Asked);
        if (made.Kind == AnswerKind.Has)
            return new Finding(package, FindingKind.Found, "made here earlier");
        return _restored.Has(package) ? new Finding(package, FindingKind.Found, "already restored") : null;
    }

    private async Task<Finding> AskAsync(WantedPackage package, IReadOnlyList<PackageSource> sources)
    {
        Answer[] answers = await Task.WhenAll(sources.Select(source => source.AskAsync(package, interruption.Asked)));
        Answer? First(AnswerKind kind) => Array.Find(answers, answer => answer.Kind == kind);

        if (First(AnswerKind.Has) is { } exact)
            return new Finding(package, FindingKind.Found, $"on {exact.Source}");
        if (First(AnswerKind.HasHigher) is { } higher)
            return new Finding(package, FindingKind.Higher, $"only as {higher.Detail} on {higher.Source}");
        if (First(AnswerKind.Closed) is { } closed)
            return new Finding(package, FindingKind.Unknown, $"unknown: {closed.Source} {closed.Detail}; restore will tell");
        if (First(AnswerKind.Silent) is { } silent)
            return new Finding(package, FindingKind.Unanswered, $"unknown: {silent.Source} {silent.Detail}{(package.Optional ? "" : "; restore will tell")}");

        var asked = string.Join(", ", sources.Select(source => source.Name));
        return new Finding(package, FindingKind.Missing, asked.Length == 0 ? "missing: no source is configured" : $"missing: not on {asked}");
    }
}
