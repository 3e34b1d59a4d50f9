using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ModelTraining.Benchmarks;

/// <summary>Runs the scripts in benchmarks/peers, and prints figures beside theirs.</summary>
internal static class Peers
{
    /// <summary>What a script measured. A peer that is not installed is named on the error stream, with its Debian package.</summary>
    public static async Task<IReadOnlyList<PeerMeasurement>> RunAsync(string script, params string[] arguments)
    {
        var python = Environment.GetEnvironmentVariable("PYTHON") ?? "python3";
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(Path.GetDirectoryName(Here())!, "..", "peers", script));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{python} did not start.");
        var measured = new List<PeerMeasurement>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.TryGetProperty("missing", out var package)) Console.Error.WriteLine($"A peer is not installed: apt-get install {package.GetString()}");
            else measured.Add(new PeerMeasurement(root.GetProperty("peer").GetString()!, root.GetProperty("fit").GetDouble(), root.GetProperty("score").GetDouble(), root.GetProperty("quality").GetDouble()));
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? measured : throw new InvalidOperationException($"{script} ended with {process.ExitCode}. Is numpy installed (python3-numpy), for the Python that PYTHON names?");
    }

    /// <summary>A line of JSON: what ours took, what theirs took, and ours as a share of theirs.</summary>
    public static void Print(string bench, double ours, string peer, double theirs, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{{\"bench\":\"{bench}\",\"ours\":{ours:0.####},\"peer\":\"{peer}\",\"theirs\":{theirs:0.####},\"ratio\":{ours / theirs:0.###},\"unit\":\"{unit}\"}}"));

    /// <summary>A line of JSON for a figure that no peer has.</summary>
    public static void Print(string bench, double ours, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"bench\":\"{bench}\",\"ours\":{ours:0.#####},\"unit\":\"{unit}\"}}"));

    private static string Here([CallerFilePath] string path = "") => path;
}
