using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.NodeTests;

/// <summary>ONNX's own tests of the operators that have a gradient, as Debian's package libonnx-testdata brings them.</summary>
[Parallelizable(ParallelScope.Children)]
internal sealed class NodeTestTests
{
    private const string Folder = "/usr/share/libonnx-testdata/data/node";
    private const string Absent = "absent";

    private static IEnumerable<string> Names() => Directory.Exists(Folder)
        ? Directory.GetDirectories(Folder).Order(StringComparer.Ordinal).Where(HasGradient).Select(folder => Path.GetFileName(folder)["test_".Length..])
        : [Absent];

    [TestCaseSource(nameof(Names))]
    public void A_node_test_loads_is_reproduced_and_has_a_right_gradient(string name)
    {
        if (name == Absent) Assert.Ignore($"Debian's package libonnx-testdata is not installed (looked for {Folder}).");
        if (NodeTestLimits.Reading.TryGetValue(name, out var unread)) Assert.Pass(unread);
        var test = new NodeTest(Path.Combine(Folder, $"test_{name}"));
        CheckShapes(test, test.Bytes);
        CheckShapes(test, test.BytesWithConstants());
        if (NodeTestLimits.Kernel.TryGetValue(name, out var kernel))
        {
            Assert.That(() => Run(test.Bytes, test), Throws.TypeOf<OnnxRuntimeException>(), $"ONNX Runtime has the kernel now: {kernel}");
            Assert.Pass(kernel);
        }

        if (NodeTestLimits.Outputs(name) is { } differs) Assert.Pass(differs);
        var actual = Run(OnnxFile.ToBytes(OnnxFile.Load(test.Bytes)), test);
        foreach (var (output, expected) in test.Outputs) AssertClose(actual[output], expected, output);
        if (!test.Inputs.Any(input => IsFloat(input.Tensor)) || !test.Outputs.Any(output => IsFloat(output.Tensor)))
        {
            Assert.Pass("Inputs or outputs are not float, or empty: there is nothing to differentiate.");
        }

        test = test.Raised(NodeTestLimits.Opset(name));
        if (NodeTestLimits.Gradient.TryGetValue(name, out var limit))
        {
            Assert.That(() => new NodeTestGradient(test, test.BytesWithConstants()), Throws.TypeOf<ModelTrainingException>(), $"There is a gradient now: {limit}");
            Assert.Pass(limit);
        }

        var gradient = Gradient(test);
        Assert.That(gradient.Without, Is.SubsetOf(NodeTestLimits.NotComputedWith), "inputs without a gradient");
        if (gradient.Towards.Count == 0) Assert.Pass("The outputs depend on no float input but in steps: there is nothing to differentiate.");
        gradient.Check(test);
    }

    private static bool IsFloat(Tensor tensor) => tensor.Type == ElementType.Float && tensor.Count > 0;

    private static bool HasGradient(string folder) => OnnxFile.Load(Path.Combine(folder, "model.onnx")).Nodes.Any(node => GradientRules.Find(node) is not null);

    /// <summary>With the inputs that the test has; where sizes must be known, with those that are not float as constants.</summary>
    private static NodeTestGradient Gradient(NodeTest test)
    {
        try
        {
            return new NodeTestGradient(test, test.Bytes);
        }
        catch (ModelTrainingException exception) when (exception.Problems[0].Id is "MT3013" or "MT3014")
        {
            return new NodeTestGradient(test, test.BytesWithConstants());
        }
    }

    /// <summary>Of the inputs' shapes alone: what the file says of other values is forgotten.</summary>
    private static void CheckShapes(NodeTest test, byte[] model)
    {
        var graph = OnnxFile.Load(model);
        foreach (var value in graph.Nodes.SelectMany(node => node.Outputs).Where(output => output.Length > 0).Select(output => graph[output])) (value.Type, value.Shape) = (ElementType.Undefined, null);
        ShapeInference.Infer(graph);
        foreach (var (name, tensor) in test.Outputs)
        {
            var value = graph[name];
            if (value.Type != ElementType.Undefined) Assert.That(value.Type, Is.EqualTo(tensor.Type), name);
            if (value.Shape is not { } shape) continue;
            Assert.That(shape, Has.Count.EqualTo(tensor.Shape.Length), $"the rank of {value}");
            for (var i = 0; i < shape.Count; i++) if (shape[i].IsKnown) Assert.That(shape[i].Size, Is.EqualTo(tensor.Shape[i]), $"dimension {i} of {value}");
        }
    }

    private static Dictionary<string, (Array Elements, long[] Shape)> Run(byte[] model, NodeTest test)
    {
        using var session = new Gradients.GraphSession(model);
        return session.RunAny(test.Inputs.Select(input => (input.Name, input.Tensor.Array, input.Tensor.Shape.ToArray())));
    }

    /// <summary>The tolerance is that of ONNX's own runner of these tests.</summary>
    private static void AssertClose((Array Elements, long[] Shape) actual, Tensor expected, string name)
    {
        Assert.That(actual.Shape, Is.EqualTo(expected.Shape.ToArray()), name);
        var elements = expected.Array;
        if (elements is not (float[] or double[] or Half[]))
        {
            Assert.That(actual.Elements, Is.EqualTo(elements), name);
            return;
        }

        for (var i = 0; i < elements.Length; i++)
        {
            var (given, was) = (Number(actual.Elements, i), Number(elements, i));
            if (double.IsNaN(was) ? double.IsNaN(given) : given == was) continue;
            Assert.That(given, Is.EqualTo(was).Within((1e-3 * Math.Abs(was)) + 1e-6), $"element {i} of {name}");
        }
    }

    private static double Number(Array elements, int i) => elements switch { float[] floats => floats[i], double[] doubles => doubles[i], _ => (double)((Half[])elements)[i] };
}
