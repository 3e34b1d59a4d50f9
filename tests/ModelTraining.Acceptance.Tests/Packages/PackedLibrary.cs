using System.Text.Json;
using ModelTraining.Tests.Processes;

namespace ModelTraining.Tests.Packages;

/// <summary>The packages as <c>eng -- pack</c> makes them, of what was built for these tests. Packed once.</summary>
[SetUpFixture]
internal sealed class PackedLibrary
{
    private static TemporaryFolder? _folder;

    /// <summary>Where the .nupkg and .snupkg files are.</summary>
    public static string Folder => _folder!.File("packages");

    /// <summary>The projects that are packed, by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Path.Combine(TestData.Root, "src")).Select(folder => Path.GetFileName(folder)).Where(IsBuilt).Order(StringComparer.Ordinal)];

    /// <summary>The version of all of them.</summary>
    public static string Version => Path.GetFileNameWithoutExtension(Directory.GetFiles(Folder, "ModelTraining.Abstractions.*.nupkg").Single())["ModelTraining.Abstractions.".Length..];

    public static string Package(string name, string extension = "nupkg") => Path.Combine(Folder, $"{name}.{Version}.{extension}");

    [OneTimeSetUp]
    public static async Task PackAsync()
    {
        _folder = new TemporaryFolder();
        var filter = _folder.File("packages.slnf");
        var projects = Names.Select(name => $@"src\{name}\{name}.csproj");
        await File.WriteAllTextAsync(filter, JsonSerializer.Serialize(new { solution = new { path = Path.Combine(TestData.Root, "ModelTraining.sln"), projects } }));
        await DotnetCommand.RunAsync(TestData.Root, null, "msbuild", filter, "-t:Pack", "-p:NoBuild=true", $"-p:Configuration={Built.Configuration}", $"-p:PackageOutputPath={Folder}", "-v:q", "-nologo", "-m:1");
    }

    [OneTimeTearDown]
    public static void Delete() => _folder?.Dispose();

    // A project whose packages the feed lacks is left out of the build.
    private static bool IsBuilt(string name) => Directory.Exists(Path.Combine(TestData.Root, "artifacts", "bin", name, Built.Configuration.ToLowerInvariant()));
}
