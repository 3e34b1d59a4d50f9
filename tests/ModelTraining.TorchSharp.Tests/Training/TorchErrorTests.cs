using ModelTraining.Onnx;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Training;

public class TorchErrorTests
{
    private static readonly StepSettings Settings = new() { LearningRate = 0.01 };

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [Test]
    public void Step_names_an_operator_that_has_no_script()
    {
        using var session = Open(SmallNetworks.Regression(between: value => value.Graph.Add("Hardmax", [value], ElementType.Float, value.Shape)));
        Assert.That(() => session.Step(SmallNetworks.Batch(4), Settings), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3201").And.Message.Contains("Hardmax 'Hardmax_").And.Message.Contains("docs/operators.md"));
    }

    [Test]
    public void Step_with_shapes_that_do_not_fit_is_an_error_before_libtorch_sees_them()
    {
        using var session = Open(SmallNetworks.Regression());
        Assert.That(() => session.Step(SmallNetworks.Batch(4, features: SmallNetworks.Features + 1), Settings), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT310").And.Message.Contains("Gemm_").And.Message.Contains("7"));
        Assert.That(session.Step(SmallNetworks.Batch(4), Settings).Updated, Is.True, "the session goes on");
    }

    [TestCase("Loop")]
    [TestCase("Scan")]
    public void Step_names_a_loop(string opType)
    {
        using var session = Open(SmallNetworks.Regression(between: value => value + value.Graph.Add(opType, [null, null, value], ElementType.Float, value.Shape)));
        Assert.That(() => session.Step(SmallNetworks.Batch(4), Settings), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3201").And.Message.Contains($"{opType} '{opType}_"));
    }

    [Test]
    public void Step_names_a_value_whose_size_the_rows_decide()
    {
        using var session = Open(SmallNetworks.Regression(between: value => value * value.Graph.Add("NonZero", [value], ElementType.Int64).Cast(ElementType.Float).ReduceSum(keepDims: false)));
        Assert.That(() => session.Step(SmallNetworks.Batch(4), Settings), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT320").And.Message.Contains("NonZero"));
    }

    [Test]
    public void Step_that_needs_more_memory_than_there_is_says_what_to_try()
    {
        using var session = Open(SmallNetworks.Regression(between: value => value + (value.Reshape(-1, 8, 1, 1).Expand(4, 8, 1 << 20, 1 << 20) * 2f).ReduceMean([2, 3], keepDims: false)));
        Assert.That(() => session.Step(SmallNetworks.Batch(4), Settings), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3203").And.Message.Contains("4 rows").And.Message.Contains("BatchSize").And.Message.Contains("RetryOnOutOfMemory").And.Message.Contains("MiB were at most"));
    }

    [Test]
    public void Step_with_an_index_beyond_its_table_is_an_error()
    {
        var graph = new Graph("table");
        var ids = graph.Input("ids", ElementType.Int64, Dimension.Batch);
        var output = graph.Output("output", graph.Constant(Tensor.Of(new float[6], 3, 2), "table").Gather(ids));
        var loss = graph.Output("loss", (output * output).ReduceMean(keepDims: false));
        using var session = Open(new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["output"], Weights = [new TrainedWeight("table")] });
        var batch = new TrainingBatch([new BatchInput("ids", ElementType.Int64, [])], 2);
        batch.Integers(0)[1] = 3;
        Assert.That(() => session.Step(batch, Settings), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3204").And.Message.Contains("index"));
        batch.Integers(0)[1] = -1;
        Assert.That(session.Step(batch, Settings).Updated, Is.True, "an index counted from the end");
    }

    /// <summary>As libtorch words it: a place in the script, then what is wrong; or what is wrong, then a place in libtorch.</summary>
    [TestCase("The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript (most recent call last):\n    v3 = torch.convolution(v2.contiguous(memory_format=2), w)\n         ~~~~~ <--- HERE\nRuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 8 GiB\n", "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 8 GiB")]
    [TestCase("The following operation failed in the TorchScript interpreter.\nRuntimeError: CUDA error: device-side assert triggered\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1\nCompile with `TORCH_USE_CUDA_DSA` to enable device-side assertions.\n", "RuntimeError: CUDA error: device-side assert triggered")]
    [TestCase("CUDA out of memory. Tried to allocate 20.00 MiB.\nException raised from malloc at CUDACachingAllocator.cpp:1 (most recent call first):\nframe #0: c10::Error::Error", "CUDA out of memory. Tried to allocate 20.00 MiB.")]
    public void Reason_of_what_libtorch_says_is_the_line_that_says_what_is_wrong(string message, string expected) => Assert.That(SessionMemory.Reason(message), Is.EqualTo(expected));

    [TestCase("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", true)]
    [TestCase("cuDNN error: CUDNN_STATUS_ALLOC_FAILED", true)]
    [TestCase("CUDA error: out of memory", true)]
    [TestCase("CUDA error: device-side assert triggered", false)]
    public void IsOutOfMemory_knows_the_words_of_each_library(string message, bool expected) => Assert.That(SessionMemory.IsOutOfMemory(message), Is.EqualTo(expected));

    [TestCase("CUDA error: device-side assert triggered", "can't use the GPU any more")]
    [TestCase("CUDA error: no kernel image is available for execution on the device", "older than this libtorch supports")]
    [TestCase("CUDA error: an illegal memory access was encountered", "start it again")]
    [TestCase("index out of range in self", "rows of the batch")]
    public void Advice_fits_the_error(string message, string expected) => Assert.That(SessionMemory.Advice(message), Does.Contain(expected));

    [Test]
    public void Compile_for_a_GPU_where_there_is_none_does_not_fall_back()
    {
        if (DeviceReport.Diagnose().Devices.Any(device => device.IsCuda)) Assert.Ignore("There is a GPU.");
        Assert.That(() => new TorchSharpBackend(Device.Cuda()).Compile(SmallNetworks.Regression(), new BackendSettings()), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3200").And.Message.Contains("TorchSharp-cuda-"));
    }

    private static ITrainingSession Open(TrainingGraph graph) => new TorchSharpBackend(Device.Cpu).Compile(graph, new BackendSettings { Threads = 1 });
}
