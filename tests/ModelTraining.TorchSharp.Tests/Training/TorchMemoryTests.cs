using System.Globalization;
using System.Runtime.InteropServices;
using ModelTraining.Onnx;
using ModelTraining.Torch;
using TorchSharp;

namespace ModelTraining.Tests.Training;

/// <summary>What a session copies, and what it takes from the system again and again.</summary>
public class TorchMemoryTests
{
    private const int Hidden = 1 << 16, Weight = SmallNetworks.Features * Hidden;

    private static readonly StepSettings Settings = new() { LearningRate = 1e-4 };

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [Test]
    public void Compile_Read_and_Write_copy_no_weight_by_way_of_managed_memory()
    {
        var graph = SmallNetworks.Regression(Hidden);
        var values = new float[Weight];
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var session = Open(graph);
        session.Read("first.weight", values);
        values[^1] = 2;
        session.Write("first.weight", values);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(Weight * sizeof(float) / 2), "bytes");
        Assert.That(session.Read("first.weight"), Is.EqualTo(values));
    }

    /// <summary>A step's numbers take some MiB here: a few thousand pages, if they went back to the system after each step.</summary>
    [Test]
    public void Step_has_the_memory_of_the_step_before_it()
    {
        const int Steps = 20, Rows = 64;
        if (!File.Exists("/proc/thread-self/stat") || !HasGlibc()) Assert.Ignore("Only glibc gives memory back after each step.");
        using var session = Open(SmallNetworks.Regression(8192));
        var batch = SmallNetworks.Batch(Rows);
        for (var i = 0; i < 5; i++) session.Step(batch, Settings);
        var before = PagesTaken();
        for (var i = 0; i < Steps; i++) session.Step(batch, Settings);
        Assert.That((PagesTaken() - before) / Steps, Is.LessThan(200), "pages a step");
    }

    private static IEnumerable<TestCaseData> Constants()
    {
        yield return Case(Tensor.Of([1.5f, -2, 3, 4, 5, 6], 2, 3), 6f);
        yield return Case(Tensor.Of([1.5, -2, 3, 4, 5, 6], 2, 3), 6.0);
        yield return Case(Tensor.Of([1L, -2, 3, 4, 5, long.MaxValue], 2, 3), long.MaxValue);
        yield return Case(Tensor.Of([1, -2, 3, 4, 5, int.MinValue], 2, 3), int.MinValue);
        yield return Case(Tensor.Of(new byte[] { 1, 2, 3, 4, 5, 255 }, 2, 3), (byte)255);
        yield return Case(Tensor.Of([false, true, false, false, false, true], 2, 3), true);
        yield return Case(Tensor.Of([(Half)1.5f, (Half)0, (Half)0, (Half)0, (Half)0, (Half)6], 2, 3), (Half)6);
        TestCaseData Case<T>(Tensor tensor, T last) where T : unmanaged => new TestCaseData(tensor, () =>
        {
            using var copy = TorchTensors.Of(tensor, torch.CPU);
            var read = new T[6];
            TorchTensors.Read<T>(copy, read);
            Assert.That(read, Is.EqualTo(tensor.Elements<T>().ToArray()));
            Assert.That(read[^1], Is.EqualTo(last));
            using var turned = copy.t();
            TorchTensors.Read<T>(turned, read);
            Assert.That(read[1], Is.EqualTo(tensor.Elements<T>()[3]), "in the order of the dimensions, not of memory");
        }).SetArgDisplayNames(tensor.Type.ToString());
    }

    [TestCaseSource(nameof(Constants))]
    public void Of_a_constant_has_its_shape_and_elements(object constant, Action holdsItsElements)
    {
        using var copy = TorchTensors.Of((Tensor)constant, torch.CPU);
        Assert.That(copy.shape, Is.EqualTo(((Tensor)constant).Shape.ToArray()));
        holdsItsElements();
    }

    [Test]
    public void Of_a_constant_without_elements_has_its_shape()
    {
        using var copy = TorchTensors.Of(Tensor.Of(Array.Empty<float>(), 0, 3), torch.CPU);
        Assert.That(copy.shape, Is.EqualTo(new long[] { 0, 3 }));
    }

    private static bool HasGlibc() => NativeLibrary.TryLoad("libc.so.6", out _);

    /// <summary>Of this thread: the tenth field, the first after the name in parentheses being the third.</summary>
    private static long PagesTaken()
    {
        var text = File.ReadAllText("/proc/thread-self/stat");
        return long.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }

    private static ITrainingSession Open(TrainingGraph graph) => new TorchSharpBackend(Device.Cpu).Compile(graph, new BackendSettings { Threads = 1 });
}
