using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Who works on a trial: machine, process, when that began, and a number of its own for each study object. By it another process of the machine knows at once that
/// the worker has died, and does not have to wait until it was not heard of for long.
/// </summary>
internal static class WorkerName
{
    /// <summary>Where process numbers mean the same. Containers may share a name, and each has its own; a machine that was started again has none of before.</summary>
    public static string Machine { get; } = Environment.MachineName + (OperatingSystem.IsLinux() ? LinuxBoot() : "");

    public static string New()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Machine}/{Environment.ProcessId}/{StartOf(process)}/{Guid.NewGuid():N}");
    }

    /// <summary>Whether a worker of this machine is known to be dead. False of other machines' workers, of which nothing is known.</summary>
    public static bool IsDead(string worker)
    {
        if (worker.Split('/') is not [var machine, var id, var started, _] || machine != Machine) return false;
        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        try
        {
            using var process = Process.GetProcessById(number);
            return process.HasExited || IsZombie(number) || StartOf(process).ToString(CultureInfo.InvariantCulture) != started; // another process has got the number since
        }
        catch (ArgumentException)
        {
            return true;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            return false; // somebody else's process: it lives, and that is all that may be known
        }
    }

    /// <summary>Whether a process is dead and only waits for its parent to take notice, which in a container may be never.</summary>
    private static bool IsZombie(int id)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            var state = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat")); // "12 (name) Z …", in which the name may have anything
            return state.AsSpan(state.LastIndexOf(')') + 1).TrimStart().StartsWith("Z", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string LinuxBoot()
    {
        try
        {
            return $"+{File.ReadAllText("/proc/sys/kernel/random/boot_id").AsSpan(0, 8)}+{new FileInfo("/proc/self/ns/pid").LinkTarget}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    /// <summary>In whole seconds, since what a system says of the moment wavers by less.</summary>
    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds();
}
