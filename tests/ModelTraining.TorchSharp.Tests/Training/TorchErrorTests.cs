using ModelTraining.Onnx;

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

    [Test]
    public void Compile_for_a_GPU_where_there_is_none_does_not_fall_back()
    {
        if (DeviceReport.Diagnose().Devices.Any(device => device.IsCuda)) Assert.Ignore("There is a GPU.");
        Assert.That(() => new TorchSharpBackend(Device.Cuda()).Compile(SmallNetworks.Regression(), new BackendSettings()), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3200").And.Message.Contains("TorchSharp-cuda-"));
    }

    private static ITrainingSession Open(TrainingGraph graph) => new TorchSharpBackend(Device.Cpu).Compile(graph, new BackendSettings { Threads = 1 });
}
