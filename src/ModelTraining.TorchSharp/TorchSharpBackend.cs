using ModelTraining.Torch;

namespace ModelTraining;

/// <summary>
/// Trains graphs on libtorch, on the CPU or on an NVIDIA GPU: a graph becomes one function of TorchScript, so that a step is one native call. The
/// application adds the package TorchSharp-cpu, TorchSharp-cuda-linux or TorchSharp-cuda-windows.
/// </summary>
/// <param name="device">Where it computes.</param>
/// <param name="options">How; null for the defaults.</param>
/// <exception cref="ModelTrainingException">MT3206: an option is out of its range.</exception>
public sealed class TorchSharpBackend(Device device, TorchSharpOptions? options = null) : ITrainingBackend
{
    private readonly TorchSharpOptions _options = Checked(options ?? new TorchSharpOptions());

    /// <inheritdoc/>
    public string Name => $"TorchSharp ({device})";

    /// <summary>Where it computes.</summary>
    public Device Device => device;

    /// <summary>The memory of the GPU; <c>null</c> on the CPU, and where there is no such GPU.</summary>
    public DeviceMemory? DeviceMemory => device.IsCuda ? CudaDriver.Memory(device.Index) : null;

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">MT3200: the native package or the device is missing. MT3201: an operator is not known; the message names the node.</exception>
    public ITrainingSession Compile(TrainingGraph graph, BackendSettings settings)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(settings);
        NativeLibraries.Require(device);
        return new TorchTrainingSession(graph, settings, device, _options);
    }

    private static TorchSharpOptions Checked(TorchSharpOptions options)
    {
        List<Problem> problems = [.. options.Validate()];
        return problems.Count == 0 ? options : throw new ModelTrainingException(problems);
    }
}
