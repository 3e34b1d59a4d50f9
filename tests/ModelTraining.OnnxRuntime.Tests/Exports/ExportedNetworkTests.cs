using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Exports;

/// <summary>
/// PyTorch's exports of torchvision's networks and of two transformers: loss and gradients are PyTorch's, and a step lowers the loss. The models, some 200 MB, are made
/// by tests/Data/exports/make.py, which says what they compute; the values of PyTorch are in the repository, and so are the transformers.
/// </summary>
/// <param name="raised">Whether the graph is raised to the operator set of new graphs.</param>
[TestFixture(false)]
[TestFixture(true)]
internal sealed class ExportedNetworkTests(bool raised)
{
    [TestCaseSource(typeof(ExportedNetwork), nameof(ExportedNetwork.Cases))]
    public void Of_an_exported_network_gives_the_gradients_of_PyTorch(string network, int opset)
    {
        var (graph, loss) = ExportedNetwork.Load(network, opset, raised);
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Shipped("exports/exports.json")));
        var form = opset == 13 || network is "bert" or "gpt2" ? "kept" : "folded";
        var reference = json.RootElement.GetProperty($"{network} {form}");
        var names = ExportedNetwork.Names(network, opset).ToDictionary(pair => pair.Constant, pair => (pair.Parameter, pair.Transposed));
        Value[] weights = [.. Onnx.Gradients.Weights(loss).Where(weight => names.ContainsKey(weight.Name))];
        var gradients = Onnx.Gradients.Of(loss, weights);
        for (var i = 0; i < weights.Length; i++) graph.Output($"gradient/{weights[i].Name}", gradients[i]);
        var results = ExportedNetwork.Run(graph, network);

        var expectedLoss = reference.GetProperty("loss").GetDouble();
        Assert.That(((float[])results["loss"].Elements)[0], Is.EqualTo(expectedLoss).Within(1e-4 * expectedLoss));
        var sums = new Dictionary<string, double[]>();
        foreach (var weight in weights)
        {
            var (parameter, transposed) = names[weight.Name];
            var (elements, shape) = results[$"gradient/{weight.Name}"];
            var slopes = ((float[])elements).Select(element => (double)element).ToArray();
            if (transposed) slopes = Transposed(slopes, (int)shape[0], (int)shape[1]);
            sums[parameter] = sums.TryGetValue(parameter, out var others) ? [.. others.Zip(slopes, (a, b) => a + b)] : slopes;
        }

        var parameters = reference.GetProperty("weights").EnumerateObject().Select(pair => (pair.Name, Norm: pair.Value[0].GetDouble(), Product: pair.Value[1].GetDouble())).ToArray();
        Assert.That(sums.Keys, Is.EquivalentTo(parameters.Select(parameter => parameter.Name)));
        var whole = Math.Sqrt(parameters.Sum(parameter => parameter.Norm * parameter.Norm));
        Assert.Multiple(() =>
        {
            foreach (var (name, norm, product) in parameters)
            {
                // What float leaves of a gradient that is zero, such as that of an attention's key bias, is small beside the gradient of the whole network.
                var tolerance = 1e-4 * (norm + (1e-3 * whole));
                Assert.That(Math.Sqrt(sums[name].Sum(slope => slope * slope)), Is.EqualTo(norm).Within(tolerance), $"the norm of the gradient of {name}");
                Assert.That(sums[name].Select((slope, i) => slope * Math.Sin((0.37 * i) + 1)).Sum(), Is.EqualTo(product).Within(tolerance), $"the projection of the gradient of {name}");
            }
        });
    }

    [TestCaseSource(typeof(ExportedNetwork), nameof(ExportedNetwork.Cases))]
    public void Step_of_an_exported_network_lowers_its_loss(string network, int opset)
    {
        var (training, batch) = ExportedNetwork.Training(network, opset, raised);

        // Plain gradient descent, by a hundredth of the loss if the network were linear.
        using var session = new OnnxRuntimeBackend().Compile(training, new BackendSettings { Optimizer = new Sgd(), Threads = 2 });
        var settings = new StepSettings { LearningRate = 0, NoiseSeed = 1 };
        var before = session.Step(batch, settings);
        var rate = 0.01 * before.Loss / (before.GradNorm * before.GradNorm);
        session.Step(batch, settings with { LearningRate = rate });
        Assert.That(session.Step(batch, settings).Loss, Is.LessThan(before.Loss));
    }

    private static double[] Transposed(double[] elements, int rows, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, rows).Select(row => elements[(row * columns) + column]))];
}
