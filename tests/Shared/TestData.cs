using System.Runtime.CompilerServices;

namespace ModelTraining.Tests;

/// <summary>Where test data lies: small files in the repository, and larger real data sets beside it where they are present.</summary>
internal static class TestData
{
    /// <summary>A file or folder of tests/Data, which the repository ships.</summary>
    public static string Shipped(string path) => Path.Combine(Root, "tests", "Data", path);

    /// <summary>A file or folder of the shared data beside the repository; the test is skipped where it is absent.</summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", path));
        if (!File.Exists(full) && !Directory.Exists(full)) Assert.Ignore($"The data set {path} is not beside the repository (looked for ../shared/data/{path}).");
        return full;
    }

    /// <summary>
    /// An exported network, or names.json beside it, as tests/Data/exports/make.py makes them: of the folder that MODELTRAINING_EXPORTS names, otherwise of the repository, which ships the small
    /// ones; the test is skipped where it is in neither.
    /// </summary>
    public static string Export(string file)
    {
        var folder = Environment.GetEnvironmentVariable("MODELTRAINING_EXPORTS");
        var path = folder is not null && Directory.Exists(folder) ? Path.Combine(folder, file) : Shipped(Path.Combine("exports", file));
        if (!File.Exists(path)) Assert.Ignore("MODELTRAINING_EXPORTS names no folder of exported networks; tests/Data/exports/make.py makes one.");
        return path;
    }

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    private static string Here([CallerFilePath] string path = "") => path;
}
