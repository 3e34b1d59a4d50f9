namespace Eng.Feeds;

/// <summary>The folder that restore extracts packages to.</summary>
internal sealed class PackageFolder(string folder)
{
    // Restore writes this file last, so that a package without it is a half one.
    private const string Complete = ".nupkg.metadata";

    public bool Has(WantedPackage package) => File.Exists(Path.Combine(At(package), Complete));

    /// <summary>Forgets a package, so that restore takes it from a source again.</summary>
    public void Drop(WantedPackage package)
    {
        var extracted = At(package);
        if (!Directory.Exists(extracted))
            return;
        File.Delete(Path.Combine(extracted, Complete));
        Directory.Delete(extracted, recursive: true);
    }

    private string At(WantedPackage package) =>
        Path.Combine(folder, package.Id.ToLowerInvariant(), package.Version.ToString().ToLowerInvariant());
}
