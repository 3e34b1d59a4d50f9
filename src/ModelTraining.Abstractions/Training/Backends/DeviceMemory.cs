namespace ModelTraining;

/// <summary>The memory of a device that trains with memory of its own, such as a GPU.</summary>
/// <param name="UsedBytes">What is taken of it, by whatever process.</param>
/// <param name="TotalBytes">What there is.</param>
public readonly record struct DeviceMemory(long UsedBytes, long TotalBytes);
