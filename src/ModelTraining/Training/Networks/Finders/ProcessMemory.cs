namespace ModelTraining;

/// <summary>The memory of this process, as the system counts it.</summary>
internal sealed class ProcessMemory : IMemoryMeter
{
    public long Used() => Environment.WorkingSet;

    /// <summary>Of what the machine, or the container, has, what nobody uses. The runtime looks at that when it collects garbage, so it does that first.</summary>
    public long Available()
    {
        GC.Collect();
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        return Math.Max(memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes, 0);
    }
}
