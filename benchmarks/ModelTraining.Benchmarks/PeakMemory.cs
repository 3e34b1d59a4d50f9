using System.Globalization;

namespace ModelTraining.Benchmarks;

/// <summary>By how much the process grows at its largest, as Linux counts it: polling would miss the peak, and leave garbage of its own.</summary>
internal static class PeakMemory
{
    private const string ResetPeak = "5";

    /// <returns>Bytes; null where the system keeps no such count.</returns>
    public static async Task<long?> GrowthAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (!OperatingSystem.IsLinux())
        {
            await work();
            return null;
        }

        await File.WriteAllTextAsync("/proc/self/clear_refs", ResetPeak);
        var before = Kilobytes("VmRSS:");
        await work();
        return (Kilobytes("VmHWM:") - before) * 1024;
    }

    /// <summary>The bytes that the process has in memory; null where the system keeps no such count.</summary>
    public static long? Resident() => OperatingSystem.IsLinux() ? Kilobytes("VmRSS:") * 1024 : null;

    private static long Kilobytes(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - "kB".Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
