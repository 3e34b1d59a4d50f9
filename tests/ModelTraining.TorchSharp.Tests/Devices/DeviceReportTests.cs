namespace ModelTraining.Tests.Devices;

public class DeviceReportTests
{
    [Test]
    public void Diagnose_says_what_is_there_and_what_to_add()
    {
        var report = DeviceReport.Diagnose();
        Assert.That(report.ToString(), Does.Contain("TorchSharp"));
        if (report.Devices.Count == 0) Assert.That(report.Findings[^1], Does.Contain("TorchSharp-cpu"));
        else if (!report.Devices.Any(device => device.IsCuda)) Assert.That(report.Findings[^1], Does.Contain("TorchSharp-cuda-").Or.Contain("CUDA_VISIBLE_DEVICES"));
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
