using ModelTraining.Tests.Compiling;

namespace ModelTraining.Tests.Readme;

/// <summary>The C# of docs/gpu.md: compiled wherever the package is, run where libtorch is, on the CPU where there is no GPU.</summary>
[NonParallelizable]
internal sealed class DocumentedCodeTests
{
    [Test]
    public void Code_asDocumented_compiles() => Assert.That(Snippet.Errors(DocumentedCode.Of("docs/gpu.md")), Is.Empty);

    [Test]
    public async Task Code_asDocumented_runs()
    {
        Libtorch.Require(Device.Cpu);
        var code = DocumentedCode.Of("docs/gpu.md");
        Assert.That(code, Does.Contain("Device.Cuda()"));
        await DocumentedCode.RunAsync(DeviceReport.Diagnose().Devices.Contains(Device.Cuda()) ? code : code.Replace("Device.Cuda()", "Device.Cpu", StringComparison.Ordinal));
    }
}
