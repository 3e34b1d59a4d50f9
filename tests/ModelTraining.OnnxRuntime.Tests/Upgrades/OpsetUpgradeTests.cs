using System.Globalization;
using ModelTraining.Onnx;
using ModelTraining.Tests.NodeTests;

namespace ModelTraining.Tests.Upgrades;

/// <summary>Graphs of older operator sets give in the newer one what they gave.</summary>
internal sealed class OpsetUpgradeTests
{
    private const string Folder = "/usr/share/libonnx-testdata/data";

    /// <summary>What opset 6 alone wrote in another way, and what there is no form of.</summary>
    private static readonly string[] WithoutCase = [.. UpgradeRules.All.Where(rule => rule.Changed == 7).Select(rule => rule.OpType), "Scan"];

    [TestCaseSource(typeof(UpgradeCases), nameof(UpgradeCases.All))]
    public void Of_an_older_operator_gives_what_it_gave(object @case)
    {
        var upgraded = (UpgradeCase)@case;
        var input = Enumerable.Range(0, (int)upgraded.Shape.Aggregate(1L, (a, b) => a * b)).Select(i => (float)Math.Sin(0.7 * i)).ToArray();
        var expected = GraphRun.First(Old(upgraded, known: true), ("x", input, upgraded.Shape));
        foreach (var known in new[] { true, false })
        {
            var graph = Old(upgraded, known);
            if (known) ShapeInference.Infer(graph);
            var actual = Upgraded(graph);
            Assert.That(actual.Opsets[""], Is.EqualTo(Graph.DefaultOpset));
            ShapeInference.Infer(actual);
            var (elements, shape) = GraphRun.First(actual, ("x", input, upgraded.Shape));
            Assert.That(shape, Is.EqualTo(expected.Shape));
            Assert.That((float[])elements, Is.EqualTo((float[])expected.Elements).Within(1e-6f));
        }
    }

    [Test]
    public void All_rules_have_a_case() => Assert.That(UpgradeRules.All.Select(rule => rule.OpType), Is.EquivalentTo(UpgradeCases.All.Select(@case => @case.OpType).Concat(WithoutCase).Distinct()));

    [Test]
    public void Of_a_softmax_that_nothing_follows_stays_one_node()
    {
        var graph = Old(UpgradeCases.All.Single(@case => @case.What == "nothing after it"), known: true);
        ShapeInference.Infer(graph);
        Assert.That(Upgraded(graph).Nodes.Select(node => node.OpType), Is.EqualTo(new[] { "Softmax", "Identity" }));
    }

    private static IEnumerable<string> Models() => Directory.Exists(Folder)
        ? from kind in new[] { "pytorch-converted", "pytorch-operator" } from folder in Directory.GetDirectories(Path.Combine(Folder, kind)).Order(StringComparer.Ordinal) select $"{kind}/{Path.GetFileName(folder)}"
        : ["absent"];

    [TestCaseSource(nameof(Models))]
    public void Of_an_export_of_2018_gives_its_outputs(string name)
    {
        if (name == "absent") Assert.Ignore($"Debian's package libonnx-testdata is not installed (looked for {Folder}).");
        var test = new NodeTest(Path.Combine(Folder, name));
        var graph = OnnxFile.Load(test.Bytes);
        ShapeInference.Infer(graph);
        var upgraded = Upgraded(graph);
        ShapeInference.Infer(upgraded);
        using var session = new Gradients.GraphSession(upgraded);
        var taken = upgraded.Inputs.Select(input => input.Name).ToHashSet();
        var outputs = session.RunAny([.. test.Inputs.Where(input => taken.Contains(input.Name)).Select(input => (input.Name, input.Tensor.Array, input.Tensor.Shape.ToArray()))]);
        foreach (var (output, expected) in test.Outputs)
        {
            double[] actual = [.. outputs[output].Elements.Cast<object>().Select(element => Convert.ToDouble(element, CultureInfo.InvariantCulture))];
            double[] numbers = [.. expected.Array.Cast<object>().Take(expected.Count).Select(element => Convert.ToDouble(element, CultureInfo.InvariantCulture))];
            Assert.That(actual, Has.Length.EqualTo(numbers.Length));
            for (var i = 0; i < actual.Length; i++) Assert.That(actual[i], Is.EqualTo(numbers[i]).Within(double.IsNaN(numbers[i]) ? 0 : 1e-5 + (1e-3 * Math.Abs(numbers[i]))), $"element {i} of {output}");
        }
    }

    [Test]
    public void Of_opset_6_aligns_what_is_broadcast_along_an_axis()
    {
        var graph = new Graph("old", 6);
        var x = graph.Input("x", ElementType.Float, 2, 3, 2);
        graph.Output("y", graph.Add("Add", [x, graph.Constant(Tensor.Of([10f, 20, 30], 3))], ElementType.Float, [2, 3, 2], [("broadcast", 1L), ("axis", 1L)]));
        var (elements, _) = GraphRun.First(Upgraded(graph), ("x", new float[12], [2, 3, 2]));
        Assert.That(elements, Is.EqualTo(new[] { 10f, 10, 20, 20, 30, 30, 10, 10, 20, 20, 30, 30 }));
    }

    [Test]
    public void Of_graphs_within_nodes_upgrades_these_too()
    {
        var graph = new Graph("old", 11);
        var x = graph.Input("x", ElementType.Float, 2, 1);
        var condition = graph.Input("condition", ElementType.Bool);
        Graph Branch(string opType, params (string Name, object Value)[] attributes)
        {
            var inner = new Graph(opType, 11);
            inner.AddOutput(inner.Define($"{opType}/result", ElementType.Float, null));
            inner.AddNode(new Node(opType, opType, "", [x.Name], [$"{opType}/result"], attributes.ToDictionary(pair => pair.Name, pair => pair.Value)));
            return inner;
        }

        graph.Output("y", graph.Add("If", [condition], ElementType.Float, null, [("then_branch", Branch("Squeeze", ("axes", new long[] { 1 }))), ("else_branch", Branch("Softmax", ("axis", 0L)))]));
        var upgraded = Upgraded(graph);
        Assert.That(GraphRun.First(upgraded, ("x", new[] { 1f, 2 }, [2, 1]), ("condition", new[] { true }, [])).Shape, Is.EqualTo(new long[] { 2 }));
        Assert.That((float[])GraphRun.First(upgraded, ("x", new[] { 1f, 1 }, [2, 1]), ("condition", new[] { false }, [])).Elements, Is.EqualTo(new[] { 0.5f, 0.5f }));
    }

    [TestCase("mnist-12/mnist-12.onnx", "Input3", 1, 1, 28, 28)]
    [TestCase("iris/iris-mlp.onnx", "input", 5, 4)]
    [TestCase("cifar10-cnn/cifar10-cnn.onnx", "modelInput", 3, 3, 32, 32)]
    [TestCase("tiny-encoder/tiny-encoder-opset14.onnx", "input_ids", 2, 9)]
    [TestCase("squeezenet1.1/squeezenet1.1-fp16.onnx", "data_0", 1, 3, 224, 224)]
    public void Of_a_network_of_others_gives_what_it_gave(string file, string input, params int[] shape)
    {
        var graph = OnnxFile.Load(TestData.Shared($"models/{file}"));
        var expected = OnnxFile.Load(OnnxFile.ToBytes(graph));
        ShapeInference.Infer(graph);
        var count = shape.Aggregate((a, b) => a * b);
        Array numbers = graph[input].Type switch
        {
            ElementType.Int64 => Enumerable.Range(0, count).Select(i => (long)(i % 40)).ToArray(),
            ElementType.Float16 => Enumerable.Range(0, count).Select(i => (Half)(100 * Math.Sin(0.3 * i))).ToArray(),
            _ => Enumerable.Range(0, count).Select(i => (float)Math.Sin(0.3 * i)).ToArray(),
        };
        long[] sizes = [.. shape.Select(size => (long)size)];
        var inputs = graph.Inputs.Select(value => value.Name == input ? (input, numbers, sizes) : (value.Name, (Array)Enumerable.Repeat(1L, count).ToArray(), sizes)).ToArray();
        var (before, after) = (GraphRun.First(expected, inputs), GraphRun.First(Upgraded(graph), inputs));
        Assert.That(after.Shape, Is.EqualTo(before.Shape));
        if (after.Elements is Half[] halves) Assert.That(Array.ConvertAll(halves, half => (float)half), Is.EqualTo(Array.ConvertAll((Half[])before.Elements, half => (float)half)).Within(1e-3f));
        else Assert.That((float[])after.Elements, Is.EqualTo((float[])before.Elements).Within(1e-5f));
    }

    [Test]
    public void Of_what_has_no_form_says_so()
    {
        var ancient = new Graph("old", 5);
        Assert.That(() => OpsetUpgrade.Of(ancient, "'old.onnx'"), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3070").And.Message.Contains("'old.onnx' is written in opset 5"));
        string Wrong(int opset, string opType, int outputs, params (string, object)[] attributes)
        {
            var graph = new Graph("old", opset);
            var x = graph.Input("x", ElementType.Float, 2, 3);
            var values = graph.Add(opType, [x, x, x, x, x], [.. Enumerable.Range(0, outputs).Select(_ => (ElementType.Float, (IReadOnlyList<Dimension>?)null))], attributes);
            foreach (var (i, value) in values.Index()) graph.Output($"y{i}", value);
            return Assert.Throws<ModelTrainingException>(() => Upgraded(graph))!.Message;
        }

        Assert.That(Wrong(7, "BatchNormalization", 1, ("spatial", 0L)), Does.Contain("MT3075").And.Contain("spatial"));
        Assert.That(Wrong(9, "BatchNormalization", 5), Does.Contain("MT3075").And.Contain("measured in training"));
        Assert.That(Wrong(10, "Dropout", 2), Does.Contain("MT3075").And.Contain("mask"));
        Assert.That(Wrong(8, "Scan", 1), Does.Contain("MT3075").And.Contain("opset 9 or later"));
        Assert.That(Wrong(9, "Slice", 1), Does.Contain("MT3075").And.Contain("'starts'"));
    }

    private static Graph Upgraded(Graph graph) => OpsetUpgrade.Of(graph, "the graph");

    private static Graph Old(UpgradeCase @case, bool known)
    {
        var graph = new Graph("old", @case.Opset);
        var x = graph.Input("x", ElementType.Float, [.. @case.Shape.Select(Dimension.FromInt64)]);
        if (!known) x.Shape = null;
        graph.Output("y", @case.Build(x));
        return graph;
    }
}
