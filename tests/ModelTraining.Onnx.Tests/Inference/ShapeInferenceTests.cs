using ModelTraining.Onnx;

namespace ModelTraining.Tests.Inference;

internal sealed class ShapeInferenceTests
{
    private static readonly Dimension Unknown = new(-1);

    /// <summary>torch.nn.functional.pad gives pads from the last axis on, before and after; its export makes of them what Pad takes.</summary>
    [Test]
    public void Infer_follows_pads_that_an_export_turns_around()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 5, 7);
        var given = graph.Add("Constant", [], ElementType.Undefined, null, [("value", Tensor.Of([1L, 2, 3, 4], 4))]);
        var missing = graph.Add("Sub", [List(graph, 6), graph.Add("Gather", [Undefined(graph, "Shape", given), List(graph, 0)], ElementType.Undefined, null, [("axis", 0L)])], ElementType.Undefined);
        var all = graph.Add("Concat", [given, graph.Add("ConstantOfShape", [missing], ElementType.Undefined, null, [("value", Tensor.Of([0L], 1))])], ElementType.Undefined, null, [("axis", 0L)]);
        var pairs = Undefined(graph, "Reshape", all, List(graph, -1, 2));
        var backward = Undefined(graph, "Slice", pairs, List(graph, -1), List(graph, long.MinValue + 1), List(graph, 0), List(graph, -1));
        var turned = graph.Add("Transpose", [backward], ElementType.Undefined, null, [("perm", new long[] { 1, 0 })]);
        var padded = Undefined(graph, "Pad", x, Undefined(graph, "Reshape", turned, List(graph, -1)));
        ShapeInference.Infer(graph);
        Assert.That(graph[padded.Name].Shape, Is.EqualTo(new[] { Unknown, 5 + 3 + 4, 7 + 1 + 2 }).Or.EqualTo(new[] { Dimension.Batch, 5 + 3 + 4, 7 + 1 + 2 }));
    }

    [TestCase(1, 3, 1, new[] { 4L, 5, 1, 2 })]
    [TestCase(3, -5, -2, new[] { 6L, 7, 4, 5 })]
    [TestCase(-1, 9, 1, new[] { 6L, 7 })]
    public void Infer_follows_a_slice_of_rows(long start, long end, long step, long[] expected)
    {
        var graph = new Graph();
        var rows = Undefined(graph, "Reshape", List(graph, 0, 9, 4, 5, 1, 2, 6, 7), List(graph, 4, 2));
        var sizes = Undefined(graph, "Reshape", Undefined(graph, "Slice", rows, List(graph, start), List(graph, end), List(graph, 0), List(graph, step)), List(graph, -1));
        var made = Undefined(graph, "ConstantOfShape", sizes);
        ShapeInference.Infer(graph);
        Assert.That(graph[made.Name].Shape?.Select(size => size.Size), Is.EqualTo(expected));
    }

    [TestCase("Equal", 2, 2, true)]
    [TestCase("Equal", 2, 3, false)]
    [TestCase("Greater", 3, 2, true)]
    [TestCase("GreaterOrEqual", 2, 3, false)]
    [TestCase("Less", 2, 3, true)]
    [TestCase("LessOrEqual", 3, 2, false)]
    public void Infer_takes_the_branch_of_a_condition_on_sizes(string comparison, int size, int other, bool holds)
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, size);
        var last = Undefined(graph, "Gather", Undefined(graph, "Shape", x), List(graph, -1));
        var result = graph.Add("If", [Undefined(graph, comparison, last, List(graph, other))], ElementType.Undefined, null, [("then_branch", Ones(2, 3)), ("else_branch", Ones(4))]);
        ShapeInference.Infer(graph);
        Assert.That(graph[result.Name].Shape?.Select(dimension => dimension.Size), Is.EqualTo(holds ? [2L, 3] : new long[] { 4 }));
        Assert.That(graph[result.Name].Type, Is.EqualTo(ElementType.Float));
    }

    [Test]
    public void Infer_of_a_condition_of_the_run_states_what_both_branches_have_in_common()
    {
        var graph = new Graph();
        var condition = graph.Input("condition", ElementType.Bool);
        Value If(Graph then, Graph otherwise) => graph.Add("If", [condition], ElementType.Undefined, null, [("then_branch", then), ("else_branch", otherwise)]);
        var (sizes, ranks) = (If(Ones(2, 3), Ones(4, 3)), If(Ones(2, 3), Ones(6)));
        ShapeInference.Infer(graph);
        Assert.That(graph[sizes.Name].Shape, Is.EqualTo(new[] { Unknown, 3 }));
        Assert.That(graph[ranks.Name].Shape, Is.Null);
        Assert.That(graph[ranks.Name].Type, Is.EqualTo(ElementType.Float));
    }

    private static IEnumerable<TestCaseData> Senseless()
    {
        TestCaseData Case(string name, string opType, params (string, object)[] attributes) => new TestCaseData(opType, attributes).SetArgDisplayNames(name);
        yield return Case("too few strides", "Conv", ("strides", new long[] { 1 }));
        yield return Case("steps of nothing", "Conv", ("strides", new long[] { 0, 1 }));
        yield return Case("too few pads", "Conv", ("pads", new long[] { 1 }));
        yield return Case("a size below nothing", "ConvTranspose", ("output_shape", new long[] { -5, 4 }));
        yield return Case("too few sizes", "ConvTranspose", ("output_shape", new long[] { 4 }));
    }

    /// <summary>A file may have any attributes.</summary>
    [TestCaseSource(nameof(Senseless))]
    public void Infer_of_attributes_that_make_no_sense_names_the_node(string opType, (string, object)[] attributes)
    {
        var graph = new Graph("damaged");
        var weight = graph.Constant(Tensor.Of(new float[36], 2, 2, 3, 3), "w");
        graph.Add(opType, [graph.Input("x", ElementType.Float, Dimension.Batch, 2, 8, 8), weight], ElementType.Undefined, null, attributes);
        var exception = Assert.Throws<ModelTrainingException>(() => ShapeInference.Infer(graph))!;
        Assert.That((exception.Id, exception.Place), Is.EqualTo(("MT3112", $"node '{opType}_0' of graph 'damaged'")));
        Assert.That(exception.Message, Does.Contain($"attributes of {opType}").And.Contain("export it anew"));
    }

    private static Graph Ones(params long[] sizes)
    {
        var branch = new Graph("branch");
        branch.Output($"ones{string.Join('x', sizes)}", branch.Add("ConstantOfShape", [List(branch, sizes)], ElementType.Undefined));
        return branch;
    }

    private static Value Undefined(Graph graph, string opType, params Value[] inputs) => graph.Add(opType, inputs, ElementType.Undefined);

    private static Value List(Graph graph, params long[] numbers) => graph.Constant(Tensor.Of(numbers, numbers.Length));
}
