using System.Globalization;
using ModelTraining.Torch;

namespace ModelTraining;

/// <summary>What libtorch finds on this machine, in words: which native package is there, which GPUs, which driver, and what to add.</summary>
public sealed class DeviceReport
{
    /// <summary>CUDA 12.0, whose driver runs what was built for any CUDA 12.</summary>
    private const int OldestDriverCuda = 12_000;

    private DeviceReport(IReadOnlyList<Device> devices, IReadOnlyList<string> findings) => (Devices, Findings) = (devices, findings);

    /// <summary>The devices that <c>UseTorchSharp</c> can use; empty when the native library is missing.</summary>
    public IReadOnlyList<Device> Devices { get; }

    /// <summary>What was found, one sentence each, with what to do where something is missing.</summary>
    public IReadOnlyList<string> Findings { get; }

    /// <summary>Looks at this machine and application. It does not throw.</summary>
    public static DeviceReport Diagnose() => Of(MachineFacts.Find());

    /// <summary>All findings, a line each.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Findings);

    internal static DeviceReport Of(MachineFacts facts)
    {
        var findings = new List<string> { $"The application runs on {facts.System}, {facts.Architecture}, with TorchSharp {facts.TorchSharp}." };
        if (Missing(facts, cuda: false) is { } missing)
        {
            findings.Add(missing);
            return new DeviceReport([], findings);
        }

        findings.Add(string.Create(CultureInfo.InvariantCulture, $"The native library is there; on the CPU it uses {facts.Threads} {(facts.Threads == 1 ? "thread" : "threads")}."));
        findings.Add(Driver(facts));
        Device[] gpus = [.. Enumerable.Range(0, facts.UsableGpus).Select(Device.Cuda)];
        findings.Add(gpus.Length > 0
            ? $"CUDA works, with {gpus.Length} {(gpus.Length == 1 ? "device" : "devices")}: {string.Join(", ", gpus)}."
            : Missing(facts, cuda: true) ?? $"The package for CUDA is there, but it finds no device: {Hindrance(facts)}");
        return new DeviceReport([Device.Cpu, .. gpus], findings);
    }

    /// <summary>What is missing for a kind of device, and what to add; null when nothing is.</summary>
    internal static string? Missing(MachineFacts facts, bool cuda)
    {
        if (cuda && facts.CudaPackage is null) return "There is no CUDA for this system. Device.Cpu trains without one.";
        if (cuda && !facts.HasCudaLibrary)
        {
            var whether = facts is { HasLibtorch: true, BridgeError: null, Gpus: > 0 } ? $"The application has the package for the CPU, and there {(facts.Gpus == 1 ? "is a GPU" : $"are {facts.Gpus} GPUs")}. " : "";
            return $"The native libraries of libtorch for CUDA are missing. {whether}Add the package {facts.CudaPackage} to the application, in place of TorchSharp-cpu.";
        }

        if (facts.BridgeError is null) return null;
        var packages = facts.CudaPackage is null ? "TorchSharp-cpu" : $"TorchSharp-cpu or {facts.CudaPackage}";
        return facts.HasLibtorch
            ? $"There is a libtorch, but not the one of TorchSharp {facts.TorchSharp}: {Reason(facts.BridgeError)} Give {packages} the version of the package TorchSharp, {facts.TorchSharp}, and delete the folders bin and obj."
            : $"The native libraries of libtorch are missing. Add the package TorchSharp-cpu {facts.TorchSharp} to the application{(facts.CudaPackage is null ? "" : $", or {facts.CudaPackage} for an NVIDIA GPU")}.";
    }

    private static string Driver(MachineFacts facts) => facts.DriverCuda switch
    {
        null => "No NVIDIA driver is installed: without it there is no GPU to train on.",
        < OldestDriverCuda => $"An NVIDIA driver is installed, for CUDA {Cuda(facts.DriverCuda.Value)} at most.",
        _ => $"An NVIDIA driver is installed, for CUDA {Cuda(facts.DriverCuda.Value)} at most, and shows {facts.Gpus} {(facts.Gpus == 1 ? "GPU" : "GPUs")}.",
    };

    private static string Hindrance(MachineFacts facts) => facts switch
    {
        { DriverCuda: null } => "the driver is missing. Install NVIDIA's driver; in a container, give it the GPUs (--gpus all).",
        { DriverCuda: < OldestDriverCuda } => $"the driver is too old, for CUDA {Cuda(facts.DriverCuda.Value)} where {Cuda(OldestDriverCuda)} is needed. Install a newer NVIDIA driver, 525 or later.",
        { Gpus: 0, VisibleGpus: { } visible } => $"the environment hides the GPUs (CUDA_VISIBLE_DEVICES is '{visible}'). Take the variable away, or set it to 0.",
        { Gpus: 0 } => "the driver shows none to this process. Look whether nvidia-smi lists one; in a container, give it the GPUs (--gpus all).",
        _ => "the driver shows the GPU, but libtorch can't use it. It may be older than libtorch supports (compute capability 7.0), or the driver too old for it: install the newest.",
    };

    private static string Cuda(int version) => string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");

    /// <summary>The line of a loader's message that says what is wrong.</summary>
    private static string Reason(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = lines.FirstOrDefault(line => line.Contains("undefined symbol", StringComparison.Ordinal)) ?? lines[0];
        return line.EndsWith('.') ? line : $"{line}.";
    }
}
