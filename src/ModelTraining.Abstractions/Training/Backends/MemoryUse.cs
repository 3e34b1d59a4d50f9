using System.Diagnostics;

namespace ModelTraining;

/// <summary>Memory that a training takes: that of the GPU it runs on, or of the process.</summary>
/// <param name="Bytes">What is taken now.</param>
/// <param name="PeakBytes">The most that was taken.</param>
public readonly record struct MemoryUse(long Bytes, long PeakBytes)
{
    /// <summary>The memory of this process, as the system counts it.</summary>
    public static MemoryUse OfProcess()
    {
        using var process = Process.GetCurrentProcess();
        var bytes = process.WorkingSet64;
        return new MemoryUse(bytes, Math.Max(bytes, process.PeakWorkingSet64));
    }
}
