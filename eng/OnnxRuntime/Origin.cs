namespace Eng.OnnxRuntime;

/// <summary>What the package is made of. All of it is of one version of ONNX Runtime.</summary>
internal static class Origin
{
    public const string Version = "1.29.0";

    /// <summary>The managed binding's source, and the vendor's native libraries for most machines.</summary>
    public static readonly NpmArchive Binding = new(
        "com.github.asus4.onnxruntime",
        "0.4.9",
        "sha512-BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==");

    private static readonly NpmArchive Vendor = new(
        "onnxruntime-node",
        "1.29.0",
        "sha512-WjiVVB72riILz8HbYvxvmjKyE/WmkYoSfKY++axo5jAR609HQg8MwiG/HhShpTcJfmmAdzxxmB+MMST3A+SiPA==");

    private static readonly NativeLibrary[] All =
    [
        new("linux-x64", Binding, "Plugins/Linux/x64/libonnxruntime.so", "libonnxruntime.so"),
        new("win-x64", Binding, "Plugins/Windows/x64/onnxruntime.dll", "onnxruntime.dll"),
        new("win-arm64", Binding, "Plugins/Windows/arm64/onnxruntime.dll", "onnxruntime.dll"),
        new("osx-arm64", Binding, "Plugins/macOS/arm64/libonnxruntime.dylib", "libonnxruntime.dylib"),
        new("linux-arm64", Vendor, "bin/napi-v6/linux/arm64/libonnxruntime.so.1", "libonnxruntime.so"),
    ];

    public static NativeLibrary Here => Array.Find(All, library => library.Runtime == NativeLibrary.CurrentRuntime)
        ?? throw new FixableException(
            $"There is no native ONNX Runtime {Version} for {NativeLibrary.CurrentRuntime} to make the package of.",
            "Add a NuGet source that has Microsoft.ML.OnnxRuntime for it.");

    /// <summary>The libraries of the binding's archive, and the one for this machine: another archive is not downloaded for other machines' sake.</summary>
    public static IReadOnlyList<NativeLibrary> Libraries => [.. All.Where(library => library.Archive == Binding || library == Here)];
}
