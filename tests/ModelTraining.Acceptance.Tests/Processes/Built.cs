using System.Reflection;

namespace ModelTraining.Tests.Processes;

/// <summary>How these tests, and the library with them, were built.</summary>
internal static class Built
{
    /// <summary>Debug or Release.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>Where restore has put the packages that the build used.</summary>
    public static string PackageFolder { get; } = Metadata("PackageFolder");

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
