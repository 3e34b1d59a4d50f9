using System.Text.RegularExpressions;
using ModelTraining.Onnx;
using ModelTraining.Tests.Gradients;
using ModelTraining.Tests.Training;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Scripts;

/// <summary>Every row of the gradient table on both backends: the default one's gradients are held against central differences by its own tests.</summary>
public partial class OperatorTests
{
    private static readonly int[] Opsets = [11, 13, 17, 21];

    private static IEnumerable<TestCaseData> Cases() =>
        from @case in GradientCases.All
        from opset in Opsets.Where(opset => opset >= @case.Since && opset <= @case.Until).DefaultIfEmpty(@case.Since)
        select new TestCaseData(@case, opset).SetArgDisplayNames(@case.Name, $"opset {opset}");

    [OneTimeSetUp]
    public void NeedLibtorch() => Libtorch.Require(Device.Cpu);

    [Test]
    public void Every_operator_with_a_gradient_has_a_script()
    {
        var written = ScriptRules.All.Select(rule => rule.OpType).ToHashSet();
        Assert.That(GradientRules.All.Select(rule => rule.OpType).Where(opType => !written.Contains(opType)), Is.Empty);
    }

    [TestCaseSource(nameof(Cases))]
    public void Step_of_any_operator_has_the_gradients_of_the_default_backend(object row, int opset)
    {
        var @case = (GradientCase)row;
        var random = new SeededRandom(17).Fork(@case.Name);
        var inputs = @case.Inputs ?? [.. @case.Shapes.Select(shape => Draw(random, shape.Aggregate(1L, (a, b) => a * b), @case.Range))];
        var training = Build(@case, opset, inputs, random);
        var (expected, expectedLoss, expectedUse) = Gradients(new OnnxRuntimeBackend(), training);
        var (actual, loss, use) = Gradients(new TorchSharpBackend(Device.Cpu), training);
        Assert.That(loss, Is.EqualTo(expectedLoss).Within(1e-4 * Math.Max(1, Math.Abs(expectedLoss))), "loss");
        Assert.That(use, Is.EqualTo(expectedUse).Within(1e-4 * Math.Max(1, Math.Abs(expectedUse))), "loss as the model is used");
        for (var i = 0; i < expected.Length; i++)
        {
            var scale = Math.Max(1, expected[i].Max(Math.Abs));
            for (var j = 0; j < expected[i].Length; j++) Assert.That(actual[i][j], Is.EqualTo(expected[i][j]).Within(2e-5 * scale), $"gradient {i}, element {j} at {inputs[i][j]}");
        }
    }

    /// <summary>What a script makes without saying where is made on the CPU, and stops a step on a GPU.</summary>
    [Test]
    public void Script_of_any_operator_says_on_which_device_it_makes_tensors()
    {
        var batch = new TrainingBatch([new BatchInput("rows", ElementType.Float, [])], 1);
        var scripts = GradientCases.All.Select(@case =>
        {
            var random = new SeededRandom(17).Fork(@case.Name);
            var inputs = @case.Inputs ?? [.. @case.Shapes.Select(shape => Draw(random, shape.Aggregate(1L, (a, b) => a * b), @case.Range))];
            return new SessionGraphs(Build(@case, @case.Since, inputs, random), drawsNoise: true).Backward(batch, new ScriptForm(Precision.BFloat16), inSegments: false).Script.Lines;
        });
        var made = scripts.Append(NoiseScript.Functions).SelectMany(script => script.Split('\n')).Where(line => Maker().IsMatch(line)).ToArray();
        Assert.That(made, Is.Not.Empty);
        Assert.That(made.Where(line => Maker().Count(line) != line.Split("device=").Length - 1), Is.Empty);
    }

    [GeneratedRegex(@"torch\.(arange|empty|eye|full|linspace|ones|rand|randint|randn|randperm|scalar_tensor|tensor|zeros)\(")]
    private static partial Regex Maker();

    /// <summary>The operator's inputs as weights, and a sum of its results with random factors as the loss.</summary>
    private static TrainingGraph Build(GradientCase @case, int opset, double[][] inputs, SeededRandom random)
    {
        var probe = new Graph("probe", opset);
        var given = @case.Shapes.Select((shape, i) => probe.Input($"x{i}", ElementType.Float, [.. shape.Select(Dimension.FromInt64)])).ToArray();
        probe.Output("result", @case.Build(given));
        var (elements, sizes) = GraphRun.First(probe, [.. inputs.Select((input, i) => ($"x{i}", (Array)Array.ConvertAll(input, element => (float)element), @case.Shapes[i]))]);

        var graph = new Graph(@case.OpType, opset);
        var values = @case.Shapes.Select((shape, i) => graph.Constant(Tensor.Of(Array.ConvertAll(inputs[i], element => (float)element), shape), $"x{i}")).ToArray();
        graph.Input("rows", ElementType.Float, Dimension.Batch);
        var result = @case.Build(values);
        var factors = Draw(random, elements.Length, (-1, 1));
        var loss = graph.Output("loss", (result * graph.Constant(Tensor.Of(Array.ConvertAll(factors, factor => (float)factor), sizes))).ReduceSum(keepDims: false));
        ShapeInference.Infer(graph);
        // With a scale that learns it would normalise by the batch, and its statistics would not be weights.
        var trained = @case.OpType == "BatchNormalization" && values.Length == 5 ? [values[0], values[2], values[3], values[4]] : values;
        return new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["loss"], Weights = [.. trained.Select(value => new TrainedWeight(value.Name))] };
    }

    /// <summary>By a step of gradient descent: the weights move by the gradients.</summary>
    private static (double[][] Gradients, double Loss, double Use) Gradients(ITrainingBackend backend, TrainingGraph training)
    {
        using var session = backend.Compile(training, new BackendSettings { Optimizer = new Sgd(), Threads = 1 });
        var before = training.Weights.Select(weight => session.Read(weight.Name)).ToArray();
        var batch = new TrainingBatch([new BatchInput("rows", ElementType.Float, [])], 1);
        var use = session.Evaluate(batch, []);
        var result = session.Step(batch, new StepSettings { LearningRate = 1 });
        Assert.That(result.Updated, Is.True, $"loss {result.Loss}, norm {result.GradNorm}");
        return ([.. training.Weights.Select((weight, i) => before[i].Zip(session.Read(weight.Name), (was, now) => (double)was - now).ToArray())], result.Loss, use);
    }

    private static double[] Draw(SeededRandom random, long count, (double Low, double High) range)
    {
        var drawn = new double[count];
        for (var i = 0; i < count; i++) drawn[i] = (float)(range.Low + (random.NextDouble() * (range.High - range.Low)));
        return drawn;
    }
}
