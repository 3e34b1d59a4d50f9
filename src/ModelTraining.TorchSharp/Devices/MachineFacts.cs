using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>What is found on a machine and in an application, of which <see cref="DeviceReport"/> makes sentences.</summary>
internal sealed record MachineFacts
{
    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>The processor's instruction set.</summary>
    public required string Architecture { get; init; }

    /// <summary>The version of the package TorchSharp.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>The package for an NVIDIA GPU; null where this system has none.</summary>
    public required string? CudaPackage { get; init; }

    /// <summary>Whether a package has brought libtorch.</summary>
    public bool HasLibtorch { get; init; }

    /// <summary>Why TorchSharp's bridge to libtorch does not load; null where it does.</summary>
    public string? BridgeError { get; init; }

    /// <summary>Whether a package has brought libtorch's part for CUDA, and it loads.</summary>
    public bool HasCudaLibrary { get; init; }

    /// <summary>The newest CUDA that NVIDIA's driver runs, 12080 for 12.8; null where there is no driver.</summary>
    public int? DriverCuda { get; init; }

    /// <summary>The GPUs that the driver shows to this process.</summary>
    public int Gpus { get; init; }

    /// <summary>The GPUs that libtorch can use.</summary>
    public int UsableGpus { get; init; }

    /// <summary>The environment's CUDA_VISIBLE_DEVICES; null where it is not set.</summary>
    public string? VisibleGpus { get; init; }

    /// <summary>The threads that libtorch uses on the CPU.</summary>
    public int Threads { get; init; }

    /// <summary>Those of this machine and application.</summary>
    public static MachineFacts Find()
    {
        var facts = new MachineFacts
        {
            System = RuntimeInformation.OSDescription.Trim(),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
            TorchSharp = typeof(torch).Assembly.GetName().Version?.ToString(3) ?? "of no version",
            CudaPackage = NativeLibraries.CudaPackage,
            HasLibtorch = NativeLibraries.HasLibtorch,
            BridgeError = NativeLibraries.BridgeError(),
            HasCudaLibrary = NativeLibraries.HasCudaLibrary,
            DriverCuda = CudaDriver.Version(),
            Gpus = CudaDriver.Gpus(),
            VisibleGpus = Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"),
        };
        if (facts.BridgeError is not null) return facts;
        return facts with { Threads = torch.get_num_threads(), UsableGpus = facts.HasCudaLibrary && torch.cuda.is_available() ? torch.cuda.device_count() : 0 };
    }
}
