namespace Eng.Processes;

internal static class Dotnet
{
    /// <summary>Nothing on success; each error and warning once.</summary>
    public static readonly string[] Quiet = ["-v", "q", "--tl:off", "-nologo", "-clp:NoSummary"];

    private static readonly string Program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    // Not `dotnet build`, which lists every error a second time in a summary that it cannot be talked out of.
    public static Task<int> BuildAsync(string path, string folder, Interruption interruption, params string[] arguments) =>
        RunAsync(["msbuild", path, "-p:Configuration=Release", .. Quiet, .. arguments], folder, interruption);

    public static Task<int> RunAsync(IEnumerable<string> arguments, string folder, Interruption interruption) =>
        Child.RunAsync(Program, arguments, folder, interruption);

    public static Task<Captured> CaptureAsync(IEnumerable<string> arguments, string folder, Interruption interruption) =>
        Child.CaptureAsync(Program, arguments, folder, interruption);
}
