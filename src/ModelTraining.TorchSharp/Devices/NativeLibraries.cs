using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>Whether libtorch is there, asked before TorchSharp does, which would write to the console.</summary>
internal static class NativeLibraries
{
    private const string Libtorch = "torch_cpu", Bridge = "LibTorchSharp", Cuda = "torch_cuda";

    /// <summary>The package for an NVIDIA GPU; null where this system has none.</summary>
    public static string? CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : OperatingSystem.IsLinux() ? "TorchSharp-cuda-linux" : null;

    /// <summary>Whether a package has brought libtorch.</summary>
    public static bool HasLibtorch => CanLoad(Libtorch);

    /// <summary>Whether a package has brought libtorch's part for CUDA.</summary>
    public static bool HasCudaLibrary => CanLoad(Cuda);

    /// <summary>Readies libtorch for a device.</summary>
    /// <exception cref="ModelTrainingException">MT3200: the native package is missing, or there is no such device.</exception>
    public static void Require(Device device)
    {
        if (Missing(device) is { } missing) throw new ModelTrainingException("MT3200", missing);
        if (!device.IsCuda) return;
        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (device.Index >= count) throw new ModelTrainingException("MT3200", $"There is no device {device}: libtorch finds {(count == 0 ? "no CUDA device" : $"{count}")}. DeviceReport.Diagnose() says why; Device.Cpu trains without one.");
    }

    /// <summary>What is missing for a device, and what to add; null when nothing is.</summary>
    public static string? Missing(Device device)
    {
        var isLoaded = !device.IsCuda || HasCudaLibrary;
        return isLoaded && BridgeError() is null ? null : DeviceReport.Missing(MachineFacts.Find(), device.IsCuda);
    }

    /// <summary>Why TorchSharp's bridge to libtorch does not load; null where it does. It may find libtorch only once that is loaded.</summary>
    public static string? BridgeError()
    {
        if (CanLoad(Bridge) || (CanLoad(Libtorch) && CanLoad(Bridge))) return null;
        try
        {
            NativeLibrary.Load(Bridge, typeof(torch).Assembly, null);
            return null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return exception.Message;
        }
    }

    private static bool CanLoad(string library) => NativeLibrary.TryLoad(library, typeof(torch).Assembly, null, out _);
}
