using ModelTraining.Torch;

namespace ModelTraining.Tests.Devices;

public class DeviceReportTests
{
    /// <summary>A Linux machine with a GPU and all that it needs.</summary>
    private static readonly MachineFacts Complete = new()
    {
        System = "Debian GNU/Linux 12",
        Architecture = "X64",
        TorchSharp = "0.106.0",
        CudaPackage = "TorchSharp-cuda-linux",
        HasLibtorch = true,
        HasCudaLibrary = true,
        DriverCuda = 12_080,
        Gpus = 2,
        UsableGpus = 2,
        Threads = 16,
    };

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("all is there", Complete, 3, "CUDA works, with 2 devices: cuda:0, cuda:1.");
        yield return Case("no package", Bare with { DriverCuda = 12_080, Gpus = 1 }, 0, "Add the package TorchSharp-cpu 0.106.0", "TorchSharp-cuda-linux for an NVIDIA GPU");
        yield return Case("no package on a Mac", Bare with { CudaPackage = null }, 0, "Add the package TorchSharp-cpu 0.106.0 to the application.");
        yield return Case(
            "a package of another version", Complete with { BridgeError = "Unable to load shared library 'LibTorchSharp'.\nlibLibTorchSharp.so: undefined symbol: _ZN2at4_ops", UsableGpus = 0 }, 0,
            "not the one of TorchSharp 0.106.0", "undefined symbol", "Give TorchSharp-cpu or TorchSharp-cuda-linux the version of the package TorchSharp, 0.106.0");
        yield return Case("the package for the CPU, and no GPU", OnCpu with { DriverCuda = null, Gpus = 0 }, 1, "No NVIDIA driver is installed", "Add the package TorchSharp-cuda-linux");
        yield return Case("the package for the CPU, and a GPU", OnCpu, 1, "there is a GPU", "Add the package TorchSharp-cuda-linux to the application, in place of TorchSharp-cpu");
        yield return Case("a Mac", OnCpu with { CudaPackage = null, DriverCuda = null, Gpus = 0 }, 1, "There is no CUDA for this system");
        yield return Case("no driver", Idle with { DriverCuda = null, Gpus = 0 }, 1, "No NVIDIA driver is installed", "Install NVIDIA's driver", "--gpus all");
        yield return Case("a driver that is too old", Idle with { DriverCuda = 11_040 }, 1, "for CUDA 11.4 at most", "the driver is too old, for CUDA 11.4 where 12.0 is needed", "525");
        yield return Case("a GPU that is hidden", Idle with { Gpus = 0, VisibleGpus = "" }, 1, "CUDA_VISIBLE_DEVICES is ''");
        yield return Case("a driver without a GPU", Idle with { Gpus = 0 }, 1, "shows 0 GPUs", "nvidia-smi");
        yield return Case("a GPU that libtorch can't use", Idle, 1, "shows 2 GPUs", "libtorch can't use it");

        static TestCaseData Case(string name, MachineFacts facts, int devices, params string[] sentences) => new TestCaseData(facts, devices, sentences).SetArgDisplayNames(name);
    }

    private static MachineFacts Bare => Complete with { HasLibtorch = false, HasCudaLibrary = false, BridgeError = "Unable to load shared library 'LibTorchSharp'.", DriverCuda = null, Gpus = 0, UsableGpus = 0 };

    private static MachineFacts OnCpu => Complete with { HasCudaLibrary = false, Gpus = 1, UsableGpus = 0 };

    private static MachineFacts Idle => Complete with { UsableGpus = 0 };

    [TestCaseSource(nameof(Cases))]
    public void Report_of_a_machine_says_what_is_there_and_what_to_do(object facts, int devices, string[] sentences)
    {
        var report = DeviceReport.Of((MachineFacts)facts);
        Assert.That(report.Devices, Has.Count.EqualTo(devices));
        foreach (var sentence in sentences) Assert.That(report.ToString(), Does.Contain(sentence));
        Assert.That(report.Findings, Is.All.Matches<string>(finding => finding.EndsWith('.')));
    }

    [Test]
    public void Diagnose_says_what_is_there_and_what_to_add()
    {
        var report = DeviceReport.Diagnose();
        Assert.That(report.ToString(), Does.Contain("TorchSharp"));
        if (report.Devices.Count == 0) Assert.That(report.Findings[^1], Does.Contain("TorchSharp-cpu"));
        else if (!report.Devices.Any(device => device.IsCuda)) Assert.That(report.Findings[^1], Does.Contain("TorchSharp-cuda-").Or.Contain("CUDA"));
        else Assert.That(report.Findings[^1], Does.Contain("cuda:0"));
    }

    [Test]
    public void ToString_has_PyTorchs_names()
    {
        Assert.That(Device.Cpu.ToString(), Is.EqualTo("cpu"));
        Assert.That(Device.Cuda(1).ToString(), Is.EqualTo("cuda:1"));
        Assert.That(default(Device), Is.EqualTo(Device.Cpu));
        Assert.That(() => Device.Cuda(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
