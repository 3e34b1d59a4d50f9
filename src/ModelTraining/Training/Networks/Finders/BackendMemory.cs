namespace ModelTraining;

/// <summary>The memory of the device that a backend trains on.</summary>
internal sealed class BackendMemory(ITrainingBackend backend) : IMemoryMeter
{
    public long Used() => Now().UsedBytes;

    public long Available() => Math.Max(Now().TotalBytes - Now().UsedBytes, 0);

    /// <summary>A measure of what a backend trains with: memory of a device, or of the process.</summary>
    public static IMemoryMeter Of(ITrainingBackend backend) => backend.DeviceMemory is null ? new ProcessMemory() : new BackendMemory(backend);

    private DeviceMemory Now() => backend.DeviceMemory ?? throw new InvalidOperationException($"{backend.Name} no longer says what memory there is.");
}
