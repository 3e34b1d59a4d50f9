namespace Eng.Feeds;

/// <summary>A folder of packages, flat or laid out as <c>id/version/</c>.</summary>
internal sealed class FolderSource(string name, string folder) : PackageSource(name)
{
    // File names may be in any case, also where the file system tells cases apart.
    private static readonly EnumerationOptions AnyCase = new() { MatchCasing = MatchCasing.CaseInsensitive };

    public override Task<Answer> AskAsync(WantedPackage package, CancellationToken cancellation) => Task.FromResult(
        Directory.Exists(folder)
            ? Answer.FromVersions(Name, package, Versions(package.Id))
            : new Answer(AnswerKind.Silent, Name, "there is no such folder"));

    private IEnumerable<string> Versions(string id)
    {
        IEnumerable<string> flat = Directory.EnumerateFiles(folder, $"{id}.*.nupkg", AnyCase)
            .Select(file => Path.GetFileNameWithoutExtension(file)[(id.Length + 1)..]);
        IEnumerable<string> nested = Directory.EnumerateDirectories(folder, id, AnyCase)
            .SelectMany(Directory.EnumerateDirectories)
            .Select(version => Path.GetFileName(version));
        return flat.Concat(nested);
    }
}
