using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>Whether libtorch is there, asked before TorchSharp does, which would write to the console.</summary>
internal static class NativeLibraries
{
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
        if (device.IsCuda && !CanLoad("torch_cuda")) return $"The native libraries of libtorch for CUDA are missing. Add the package {CudaPackage} to the application, in place of TorchSharp-cpu.";
        if (!CanLoad("LibTorchSharp") && !(CanLoad("torch_cpu") && CanLoad("LibTorchSharp"))) return $"The native libraries of libtorch are missing. Add the package TorchSharp-cpu to the application, or {CudaPackage} for an NVIDIA GPU.";
        return null;
    }

    /// <summary>Whether the library of NVIDIA's driver is there.</summary>
    public static bool HasDriver() => CanLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so.1");

    private static string CudaPackage => OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux";

    private static bool CanLoad(string library) => NativeLibrary.TryLoad(library, typeof(torch).Assembly, null, out _);
}
