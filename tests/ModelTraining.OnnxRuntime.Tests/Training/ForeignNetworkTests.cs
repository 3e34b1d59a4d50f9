using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

/// <summary>
/// Networks that others trained take a step on the backend that lowers their loss, with any number of rows and any length that they allow. That of 16-bit numbers, of
/// opset 7, does in 32 bits.
/// </summary>
/// <param name="raised">Whether the graph is raised to the operator set of new graphs.</param>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class ForeignNetworkTests(bool raised)
{
    [TestCase("cifar10-cnn/cifar10-cnn.onnx", 1)]
    [TestCase("cifar10-cnn/cifar10-cnn.onnx", 3)]
    [TestCase("digits04-cnn/digits04-cnn.onnx", 8)]
    [TestCase("fastestdet/fastestdet.onnx", 1)]
    [TestCase("iris/iris-mlp.onnx", 1)]
    [TestCase("iris/iris-mlp.onnx", 8)]
    [TestCase("magika/magika.onnx", 2)]
    [TestCase("mnist-12/mnist-12.onnx", 1)]
    [TestCase("squeezenet1.1/squeezenet1.1.onnx", 2)]
    [TestCase("squeezenet1.1/squeezenet1.1-fp16.onnx", 1)]
    [TestCase("super-resolution/super-resolution.onnx", 1)]
    [TestCase("tiny-encoder/tiny-encoder.onnx", 4, 16)]
    [TestCase("tiny-encoder/tiny-encoder.onnx", 1, 5)]
    [TestCase("tiny-encoder/tiny-encoder-opset14.onnx", 4, 16)]
    [TestCase("tiny-encoder/tiny-encoder-opset14.onnx", 1, 5)]
    public void Step_of_a_loaded_network_lowers_its_loss(string file, int rows, int length = 0)
    {
        var graph = OnnxFile.Load(TestData.Shared($"models/{file}"));
        ShapeInference.Infer(graph);
        var isHalf = HalfPrecision.IsIn(graph);
        if (isHalf) graph = HalfPrecision.Widened(graph);
        if (raised || isHalf)
        {
            graph = OpsetUpgrade.Of(graph, file);
            ShapeInference.Infer(graph);
        }

        var output = graph.Outputs[0];
        var loss = graph.Output("loss", (output * output).ReduceMean(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = "loss", Outputs = [output.Name], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
        var random = new SeededRandom(1);
        var batch = new TrainingBatch([.. graph.Inputs.Select(input => new BatchInput(input.Name, input.Type, [.. input.Shape!.Skip(1).Select(size => size.IsKnown ? size.Size : length)]))], rows);
        for (var i = 0; i < batch.Inputs.Length; i++)
        {
            if (batch.Inputs[i].Type == ElementType.Float) foreach (ref var element in batch.Floats(i)) element = (float)random.NextNormal();
            else if (batch.Inputs[i].Type == ElementType.Int32) foreach (ref var element in batch.Elements<int>(i)) element = random.Next(256);
            else foreach (ref var element in batch.Integers(i)) element = batch.Inputs[i].Name.Contains("mask", StringComparison.Ordinal) ? 1 : random.Next(256);
        }

        AssertStepLowersTheLoss(training, batch);
    }

    /// <summary>
    /// Which of its branches are taken follows from the sizes of the inputs. The state has the rows in its second dimension, which are as many as its layers here; the
    /// sampling rate matters to nothing that is trained.
    /// </summary>
    [Test]
    public void Step_of_a_network_with_branches_lowers_its_loss()
    {
        const int Samples = 576, Layers = 2, Width = 128;
        var graph = OnnxFile.Load(TestData.Shared("models/silero-vad/silero-vad-16k.onnx"));
        graph["input"].Shape = [Dimension.Batch, Samples];
        graph["state"].Shape = [Layers, Dimension.Batch, Width];
        var output = graph.Outputs[0];
        var loss = graph.Output("loss", (output * output).ReduceMean(keepDims: false));
        var weights = Onnx.Gradients.Weights(loss);
        Assert.That(weights, Has.Count.EqualTo(15), "all, those that only branches take among them");
        var training = new TrainingGraph { Graph = graph, Loss = "loss", Outputs = [output.Name], Weights = [.. weights.Select(weight => new TrainedWeight(weight.Name))] };
        var batch = new TrainingBatch([new BatchInput("input", ElementType.Float, [Samples]), new BatchInput("state", ElementType.Float, [Layers, Width])], Layers);
        var random = new SeededRandom(1);
        for (var i = 0; i < 2; i++) foreach (ref var element in batch.Floats(i)) element = (float)random.NextNormal();
        AssertStepLowersTheLoss(training, batch);
    }

    private static void AssertStepLowersTheLoss(TrainingGraph training, TrainingBatch batch)
    {
        // Plain gradient descent, by a ten-thousandth of the loss, within which the networks are nearly linear.
        using var session = new OnnxRuntimeBackend().Compile(training, new BackendSettings { Optimizer = new Sgd(), Threads = 2 });
        var settings = new StepSettings { LearningRate = 0 };
        var before = session.Step(batch, settings);
        session.Step(batch, settings with { LearningRate = 1e-4 * before.Loss / (before.GradNorm * before.GradNorm) });
        var after = session.Step(batch, settings);
        Assert.That((before.Loss - after.Loss) / before.Loss, Is.EqualTo(1e-4).Within(3e-5), $"loss {before.Loss} before, {after.Loss} after");
    }
}
