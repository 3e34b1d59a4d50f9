using System.Runtime.InteropServices;
using ModelTraining.Torch;
using TorchSharp;

namespace ModelTraining;

/// <summary>What libtorch finds on this machine, in words: which native package is there, which GPUs, which driver, and what to add.</summary>
public sealed class DeviceReport
{
    private DeviceReport(IReadOnlyList<Device> devices, IReadOnlyList<string> findings) => (Devices, Findings) = (devices, findings);

    /// <summary>The devices that <c>UseTorchSharp</c> can use; empty when the native library is missing.</summary>
    public IReadOnlyList<Device> Devices { get; }

    /// <summary>What was found, one sentence each, with what to do where something is missing.</summary>
    public IReadOnlyList<string> Findings { get; }

    /// <summary>Looks at this machine and application. It does not throw.</summary>
    public static DeviceReport Diagnose()
    {
        var findings = new List<string> { $"The application runs on {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}, with TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}." };
        if (NativeLibraries.Missing(Device.Cpu) is { } missing)
        {
            findings.Add(missing);
            return new DeviceReport([], findings);
        }

        var devices = new List<Device> { Device.Cpu };
        findings.Add($"The native library is there; on the CPU it uses {torch.get_num_threads()} threads.");
        var driver = NativeLibraries.HasDriver();
        findings.Add(driver ? "An NVIDIA driver is installed." : "No NVIDIA driver is installed: without it there is no GPU to train on.");
        if (NativeLibraries.Missing(Device.Cuda()) is { } cuda)
        {
            findings.Add(cuda);
            return new DeviceReport(devices, findings);
        }

        var count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        for (var i = 0; i < count; i++) devices.Add(Device.Cuda(i));
        findings.Add(count > 0
            ? $"CUDA works, with {count} {(count == 1 ? "device" : "devices")}: {string.Join(", ", devices.Skip(1))}."
            : "The package for CUDA is there, but it finds no device: the driver is missing or older than the package needs, or the process may not see the GPU (CUDA_VISIBLE_DEVICES, the container's settings).");
        return new DeviceReport(devices, findings);
    }

    /// <summary>All findings, a line each.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Findings);
}
