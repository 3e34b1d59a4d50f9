using System.Runtime.InteropServices;

namespace Eng.OnnxRuntime;

/// <summary>The native library for one kind of machine, and where an archive has it.</summary>
internal sealed record NativeLibrary(string Runtime, NpmArchive Archive, string ArchivePath, string FileName)
{
    /// <summary>The runtime identifier of this process, without the distribution's own name that some builds of .NET report.</summary>
    public static string CurrentRuntime { get; } = $"{Platform}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    private static string Platform => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    public string PackagePath => $"runtimes/{Runtime}/native/{FileName}";
}
