using ModelTraining.Tests.Training;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Devices;

public class DeviceMemoryTests
{
    [Test]
    public void DeviceMemory_is_null_on_the_CPU() => Assert.That(new TorchSharpBackend(Device.Cpu).DeviceMemory, Is.Null);

    [Test]
    public void DeviceMemory_is_null_where_there_is_no_such_GPU() => Assert.That(new TorchSharpBackend(Device.Cuda(CudaDriver.Gpus())).DeviceMemory, Is.Null);

    [Test]
    [Category("gpu")]
    public void DeviceMemory_is_that_of_the_GPU()
    {
        Libtorch.Require(Device.Cuda());
        var backend = new TorchSharpBackend(Device.Cuda());
        var before = backend.DeviceMemory!.Value;
        Assert.That(before.TotalBytes, Is.GreaterThan(1L << 30));
        using var session = backend.Compile(SmallNetworks.Regression(), new BackendSettings());
        session.Step(SmallNetworks.Batch(4), new StepSettings { LearningRate = 0.01 });
        Assert.That(backend.DeviceMemory!.Value.UsedBytes, Is.InRange(before.UsedBytes + 1, before.TotalBytes));
    }
}
