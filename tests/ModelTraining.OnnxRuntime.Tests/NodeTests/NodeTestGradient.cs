using ModelTraining.Onnx;

namespace ModelTraining.Tests.NodeTests;

/// <summary>
/// The gradient of a random projection of a node test's outputs, against central differences in a random direction. Inputs are moved off the test's own by up to a
/// twentieth of themselves, and the direction is relative to them, too: integers, on which maxima tie and functions bend, are left, and no sign or domain is.
/// </summary>
internal sealed class NodeTestGradient
{
    private static readonly double[] Steps = [3e-2, 1e-2, 3e-3, 1e-3];

    private readonly Graph _graph;
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> _outputs;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, double[]> _weights = [];

    /// <param name="test">The node test.</param>
    /// <param name="model">Its model.</param>
    /// <exception cref="ModelTrainingException">There is no gradient.</exception>
    public NodeTestGradient(NodeTest test, byte[] model)
    {
        var random = new SeededRandom(5);
        _outputs = [.. test.Outputs.Where(output => output.Tensor.Type == ElementType.Float && output.Tensor.Count > 0 && !NodeTestLimits.Fixed.Contains(output.Name))];
        foreach (var (name, tensor) in _outputs) _weights[name] = [.. Enumerable.Range(0, tensor.Count).Select(_ => (double)(float)random.NextNormal())];
        foreach (var (name, _) in test.Inputs.Where(input => input.Tensor.Type == ElementType.Float && input.Tensor.Count > 0))
        {
            var alone = OnnxFile.Load(model);
            if (alone.Constants.ContainsKey(name)) continue;
            try
            {
                Onnx.Gradients.Of(Loss(alone), [alone[name]]);
                _names.Add(name);
            }
            catch (ModelTrainingException exception) when (exception.Problems[0].Id == "MT3011")
            {
                Without.Add(name);
            }
        }

        _graph = OnnxFile.Load(model);
        if (_names.Count == 0) return;
        var gradients = Onnx.Gradients.Of(Loss(_graph), [.. _names.Select(name => _graph[name])]);
        for (var i = 0; i < gradients.Count; i++) _graph.Output($"gradient/{_names[i]}", gradients[i]);
    }

    /// <summary>The float inputs that the outputs are said not to depend on.</summary>
    public List<string> Without { get; } = [];

    /// <summary>The float inputs that have a gradient.</summary>
    public IReadOnlyList<string> Towards => _names;

    public void Check(NodeTest test)
    {
        var random = new SeededRandom(6);
        var at = new Dictionary<string, double[]>();
        var direction = new Dictionary<string, double[]>();
        foreach (var name in _names)
        {
            var elements = (float[])test.Inputs.Single(input => input.Name == name).Tensor.Array;
            at[name] = [.. elements.Select(element => element == 0 ? 0.05 + (0.05 * random.NextDouble()) : element * (0.95 + (0.1 * random.NextDouble())))];
            direction[name] = [.. at[name].Select(element => Math.Abs(element) * Math.Clamp(random.NextNormal(), -2, 2))];
        }

        using var session = new Gradients.GraphSession(_graph);
        var (_, _, gradients) = Run(0);
        var products = _names.SelectMany(name => gradients[name].Zip(direction[name], (slope, way) => slope * way)).ToArray();
        Assert.That(products, Has.All.Not.NaN);
        var actual = products.Sum();
        var scale = Math.Sqrt(products.Sum(product => product * product)) + 1e-6;
        var misses = Steps.Select(step =>
        {
            var (above, size, _) = Run(step);
            var (below, _, _) = Run(-step);
            return (step, Miss: Math.Abs(((above - below) / (2 * step)) - actual) - (1e-7 * size / step));
        }).ToArray();
        Assert.That(misses.Min(pair => pair.Miss) / scale, Is.LessThan(2e-3), $"slope {actual}, scale {scale}: {string.Join(", ", misses)}");

        (double Loss, double Size, Dictionary<string, float[]> Gradients) Run(double step)
        {
            var results = session.RunAny(test.Inputs.Select(input => (input.Name,
                at.TryGetValue(input.Name, out var elements) ? elements.Zip(direction[input.Name], (element, way) => (float)(element + (step * way))).ToArray() : input.Tensor.Array, input.Tensor.Shape.ToArray())));
            var terms = _outputs.SelectMany(output => ((float[])results[output.Name].Elements).Zip(_weights[output.Name], (element, weight) => element * weight)).ToArray();
            return (terms.Sum(), terms.Sum(Math.Abs), _names.ToDictionary(name => name, name => (float[])results[$"gradient/{name}"].Elements));
        }
    }

    private Value Loss(Graph graph) => _outputs
        .Select(output => (graph[output.Name] * graph.Constant(Tensor.Of(Array.ConvertAll(_weights[output.Name], weight => (float)weight), output.Tensor.Shape.ToArray()))).ReduceSum(keepDims: false))
        .Aggregate((sum, next) => sum + next);
}
