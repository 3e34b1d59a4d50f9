using System.Xml.Linq;

namespace Eng;

/// <summary>The places in this repository that the verbs work on.</summary>
internal sealed record Repository(string Root)
{
    public string Solution => Path.Combine(Root, "ModelTraining.sln");

    public string PackageVersions => Path.Combine(Root, "Directory.Packages.props");

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>Where packages go that no source has; nuget.config lists it as a source.</summary>
    public string MadePackages => Path.Combine(Root, "eng", "packages");

    /// <summary>Where restore extracts packages to.</summary>
    public string PackageFolder { get; } = FindPackageFolder(Root);

    public static Repository Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")) && File.Exists(Path.Combine(folder.FullName, "eng", "eng.csproj")))
                return new Repository(folder.FullName);
        }

        throw new FixableException($"No folder above {AppContext.BaseDirectory} is the repository.", "Start this with `dotnet run --project eng`.");
    }

    public string RelativePath(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindPackageFolder(string root)
    {
        if (Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } overridden)
            return overridden;

        var configuration = Path.Combine(root, "nuget.config");
        var configured = !File.Exists(configuration)
            ? null
            : XDocument.Load(configuration).Descendants("config").Elements("add")
                .FirstOrDefault(entry => string.Equals((string?)entry.Attribute("key"), "globalPackagesFolder", StringComparison.OrdinalIgnoreCase))
                ?.Attribute("value")?.Value;
        return configured is not null
            ? Path.GetFullPath(configured, root)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
    }
}
