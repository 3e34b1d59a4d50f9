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

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    private static string Here([CallerFilePath] string path = "") => path;
}
