using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>
/// Holds the gradients of a case, computed in float by ONNX Runtime, against central differences of the operator in double. What is differentiated is a sum of
/// the outputs with random weights.
/// </summary>
internal static class GradientCheck
{
    /// <summary>The largest difference, relative to the largest derivative, that is float's own.</summary>
    private const double Tolerance = 1e-5;

    private const double Step = 1e-5;

    public static void Run(GradientCase @case, int opset, bool known)
    {
        var random = new SeededRandom(17).Fork(@case.Name);
        // A copy: the differences move the inputs, and the same case runs in parallel for other operator sets.
        double[][] inputs = [.. @case.Inputs?.Select(given => given.ToArray()) ?? @case.Shapes.Select(shape => Draw(random, shape.Aggregate(1L, (a, b) => a * b), @case.Range))];
        var graph = Build(@case, opset, ElementType.Float, known, inputs, out var values, out var result);
        var weights = Weights(random, graph, result, inputs, @case);
        var loss = (result * graph.Constant(Tensor.Of(Array.ConvertAll(weights.Elements, element => (float)element), weights.Shape))).ReduceSum(keepDims: false);
        var gradients = Onnx.Gradients.Of(loss, values);
        graph.Output("loss", loss);
        for (var i = 0; i < gradients.Count; i++) graph.Output($"gradient{i}", gradients[i]);
        using var session = new GraphSession(graph);
        var actual = session.Run(Named(@case, Array.ConvertAll(inputs, elements => Array.ConvertAll(elements, element => (float)element))));

        var forward = Forward(@case, opset, weights.Elements);
        using (forward as IDisposable)
        {
            var at = forward.Loss(inputs);
            Assert.That(actual[0][0], Is.EqualTo(at).Within(1e-4 * Math.Max(1, Math.Abs(at))), "the loss in float and in double");
            for (var i = 0; i < inputs.Length; i++)
            {
                var expected = Differences(forward, inputs, i);
                var scale = Math.Max(1, expected.Max(Math.Abs));
                Assert.That(actual[i + 1], Has.Length.EqualTo(expected.Length), $"gradient {i}");
                for (var j = 0; j < expected.Length; j++)
                {
                    Assert.That(actual[i + 1][j], Is.EqualTo(expected[j]).Within(Tolerance * scale), $"gradient {i}, element {j} at {inputs[i][j]}");
                }

                if (gradients[i].Shape is { } foretold && !known) continue;
                Assert.That(gradients[i].Shape?.Select(size => size.Size), Is.EqualTo(@case.Shapes[i]), $"the shape of gradient {i} that was foretold");
            }
        }
    }

    private static double[] Differences(IForward forward, double[][] inputs, int input)
    {
        var differences = new double[inputs[input].Length];
        for (var j = 0; j < differences.Length; j++)
        {
            var at = inputs[input][j];
            inputs[input][j] = at + Step;
            var above = forward.Loss(inputs);
            inputs[input][j] = at - Step;
            var below = forward.Loss(inputs);
            inputs[input][j] = at;
            differences[j] = (above - below) / (2 * Step);
        }

        return differences;
    }

    private static IForward Forward(GradientCase @case, int opset, double[] weights)
    {
        if (@case.Reference is { } reference) return new Computed(reference, weights);
        if (@case.Linear) return new Columns(@case, opset, weights);
        var graph = Build(@case, opset, ElementType.Double, true, [], out _, out var result);
        graph.Output("result", result);
        return new InDouble(new GraphSession(graph), @case, weights);
    }

    private static Graph Build(GradientCase @case, int opset, ElementType type, bool known, double[][] inputs, out Value[] values, out Value result)
    {
        var graph = new Graph(@case.OpType, opset);
        values = [.. @case.Shapes.Select((shape, i) => graph.Input($"x{i}", type, [.. shape.Select((size, axis) => known || (i > 0 ? @case.Weights : @case.KnownAxes.Contains(axis)) ? size : new Dimension(-1))]))];
        result = @case.Build(values);
        return graph;
    }

    /// <summary>One weight for each element of the result, whose number is found by running the operator once.</summary>
    private static (double[] Elements, long[] Shape) Weights(SeededRandom random, Graph graph, Value result, double[][] inputs, GradientCase @case)
    {
        var probe = OnnxFile.Load(OnnxFile.ToBytes(graph));
        probe.Output("probe", probe[result.Name]);
        var (elements, shape) = GraphRun.First(probe, [.. inputs.Select((input, i) => ($"x{i}", (Array)Array.ConvertAll(input, element => (float)element), @case.Shapes[i]))]);
        return (Draw(random, elements.Length, (-1, 1)), shape);
    }

    /// <summary>Numbers that float holds, so that both computations start from the same.</summary>
    private static double[] Draw(SeededRandom random, long count, (double Low, double High) range)
    {
        var drawn = new double[count];
        for (var i = 0; i < count; i++) drawn[i] = (float)(range.Low + (random.NextDouble() * (range.High - range.Low)));
        return drawn;
    }

    private static Dictionary<string, (T[] Elements, long[] Shape)> Named<T>(GradientCase @case, T[][] inputs) =>
        inputs.Select((elements, i) => (i, elements)).ToDictionary(pair => $"x{pair.i}", pair => (pair.elements, @case.Shapes[pair.i]));

    private interface IForward
    {
        double Loss(double[][] inputs);
    }

    private sealed class Computed(Func<double[][], double[]> reference, double[] weights) : IForward
    {
        public double Loss(double[][] inputs)
        {
            var result = reference(inputs);
            Assert.That(result, Has.Length.EqualTo(weights.Length), "elements of the reference");
            return result.Zip(weights, (element, weight) => element * weight).Sum();
        }
    }

    private sealed class InDouble(GraphSession session, GradientCase @case, double[] weights) : IForward, IDisposable
    {
        public double Loss(double[][] inputs) => session.Run(Named(@case, inputs))[0].Zip(weights, (element, weight) => element * weight).Sum();

        public void Dispose() => session.Dispose();
    }

    private sealed class Columns : IForward
    {
        private readonly double[] _slopes;

        public Columns(GradientCase @case, int opset, double[] weights)
        {
            var graph = Build(@case, opset, ElementType.Float, true, [], out _, out var result);
            graph.Output("result", result);
            using var session = new GraphSession(graph);
            var unit = new float[@case.Shapes[0].Aggregate(1L, (a, b) => a * b)];
            _slopes = new double[unit.Length];
            for (var i = 0; i < unit.Length; i++)
            {
                unit[i] = 1;
                _slopes[i] = session.Run(Named(@case, new[] { unit }))[0].Zip(weights, (element, weight) => element * weight).Sum();
                unit[i] = 0;
            }
        }

        public double Loss(double[][] inputs) => inputs[0].Zip(_slopes, (element, slope) => element * slope).Sum();
    }
}
