using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

internal sealed class GradientsTests
{
    [Test]
    public void Of_a_value_used_twice_adds_up_both_paths()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var loss = ((x * x) + (x * 3f)).ReduceSum();
        Assert.That(Run(graph, Onnx.Gradients.Of(loss, [x])[0], [1f, -2f]), Is.EqualTo(new[] { 5f, -1f }));
    }

    [Test]
    public void Of_a_value_used_three_times_adds_up_all_paths()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var loss = (x.Exp() + x.Neg() + x).ReduceSum() + x.ReduceSum();
        Assert.That(Run(graph, Onnx.Gradients.Of(loss, [x])[0], [0f, 0f]), Is.EqualTo(new[] { 2f, 2f }));
    }

    [Test]
    public void Of_a_value_in_between_stops_there()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var between = graph.Add("TopK", [x, graph.Constant(Tensor.Of([2L], 1))], [(ElementType.Float, [2]), (ElementType.Int64, [2])])[0];
        var gradient = Onnx.Gradients.Of((between * between).ReduceSum(), [between])[0];
        Assert.That(Run(graph, gradient, [1f, 4f]), Is.EqualTo(new[] { 8f, 2f }));
    }

    [Test]
    public void Of_a_loss_with_respect_to_itself_is_one()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float);
        Assert.That(Run(graph, Onnx.Gradients.Of(x, [x])[0], [7f]), Is.EqualTo(new[] { 1f }));
    }

    [Test]
    public void Of_differentiates_only_towards_what_is_asked_for()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 3);
        var (first, second) = (graph.Constant(Tensor.Of(new float[12], 3, 4)), graph.Constant(Tensor.Of(new float[8], 4, 2)));
        var loss = x.MatMul(first).Tanh().MatMul(second).ReduceMean(keepDims: false);
        var before = graph.Nodes.Count;
        Onnx.Gradients.Of(loss, [second]);
        Assert.That(graph.Nodes.Skip(before).Select(node => node.OpType), Has.None.EqualTo("Mul"), "Tanh lies behind what is trained");
        Assert.That(graph.Nodes.Skip(before).Count(node => node.OpType == "Gemm"), Is.EqualTo(1));
    }

    [Test]
    public void Of_steps_carries_no_gradient()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 3);
        var picked = x.Gather(x.ArgMax(0, keepDims: false)) + x.Floor().ReduceSum(keepDims: false);
        Assert.That(Run(graph, Onnx.Gradients.Of(picked, [x])[0], [1f, 5f, 2f]), Is.EqualTo(new[] { 0f, 1f, 0f }));
    }

    [Test]
    public void Of_a_loss_of_several_numbers_says_to_reduce_it()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 1);
        var exception = Assert.Throws<ModelTrainingException>(() => Onnx.Gradients.Of(x.Exp(), [x]))!;
        Assert.That((exception.Id, exception.Message), Is.EqualTo(("MT3010", "MT3010: A loss is one floating-point number, not Exp_0: Float[batch, 1]. Reduce it, for example by ReduceMean.")));
    }

    [Test]
    public void Of_a_loss_of_whole_numbers_says_to_cast_it()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Int64);
        Assert.That(() => Onnx.Gradients.Of(x, [x]), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3010").And.Message.Contains("Cast it"));
    }

    [Test]
    public void Of_a_value_that_does_not_matter_names_it()
    {
        var graph = new Graph();
        var (x, y) = (graph.Input("x", ElementType.Float), graph.Input("y", ElementType.Float));
        var loss = y.Floor() + x;
        Assert.That(() => Onnx.Gradients.Of(loss, [x, y]), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3011").And.Message.Contains("does not depend on y: Float[]").And.Message.Contains("Leave it out"));
    }

    [TestCase("TopK", "")]
    [TestCase("Normalizer", "ai.onnx.ml")]
    public void Of_an_operator_without_a_rule_names_node_operator_and_what_to_freeze(string opType, string domain)
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 3);
        var (early, late) = (graph.Constant(Tensor.Of([1f, 2, 3], 3), "early"), graph.Constant(Tensor.Of([1f, 2, 3], 3), "late"));
        var unknown = graph.Add(opType, [x * early, graph.Constant(Tensor.Of([3L], 1))], ElementType.Float, [3], domain: domain);
        var exception = Assert.Throws<ModelTrainingException>(() => Onnx.Gradients.Of((unknown * late).ReduceSum(), [early, late]))!;
        Assert.That(exception.Id, Is.EqualTo("MT3012"));
        Assert.That(exception.Message, Does.Contain(opType).And.Contain(unknown.Name).And.Contain("graph 'model'").And.EndsWith("Freeze what reaches the loss through it: 'early'."));
        Assert.That(() => Onnx.Gradients.Of((unknown * late).ReduceSum(), [late]), Throws.Nothing, "it is not on the way to what is left");
    }

    [TestCase("Loop")]
    [TestCase("Scan")]
    public void Of_a_loop_names_it_even_where_only_its_body_takes_the_weight(string opType)
    {
        var graph = new Graph();
        var weight = graph.Constant(Tensor.Of([1f], 1), "weight");
        var body = BranchCases.Branch([weight], "body", v => v[0] * v[0]);
        var result = graph.Add(opType, [graph.Input("condition", ElementType.Bool)], ElementType.Float, [1], [("body", body)]);
        Assert.That(Onnx.Gradients.Weights(result.ReduceSum()).Select(value => value.Name), Is.EqualTo(new[] { "weight" }));
        Assert.That(() => Onnx.Gradients.Of(result.ReduceSum(), [weight]), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3012").And.Message.Contains(opType).And.Message.Contains("'weight'"));
    }

    [Test]
    public void Of_a_rank_that_is_not_known_names_node_and_value()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 4);
        var shape = graph.Input("shape", ElementType.Int64, new Dimension(-1));
        var open = x.Reshape(shape);
        var loss = open.MatMul(open).ReduceSum(keepDims: false);
        var exception = Assert.Throws<ModelTrainingException>(() => Onnx.Gradients.Of(loss, [x]))!;
        Assert.That((exception.Id, exception.Message.Contains("MatMul", StringComparison.Ordinal), exception.Message.Contains(open.Name, StringComparison.Ordinal)), Is.EqualTo(("MT3013", true, true)));
    }

    [Test]
    public void Of_Resize_by_scales_of_the_run_says_so()
    {
        var graph = new Graph();
        var (x, scales) = (graph.Input("x", ElementType.Float, 1, 1, 2, 4), graph.Input("scales", ElementType.Float, 4));
        var loss = graph.Add("Resize", [x, null, scales], ElementType.Float, [1, 1, 1, 2], [("mode", "linear")]).ReduceSum(keepDims: false);
        Assert.That(() => Onnx.Gradients.Of(loss, [x]), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3014").And.Message.Contains("scales"));
    }

    [Test]
    public void Of_an_attribute_without_a_gradient_says_which()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 4);
        var loss = graph.Add("Pad", [x, graph.Constant(Tensor.Of([1L, 1], 2))], ElementType.Float, [6], [("mode", "reflect")]).ReduceSum();
        Assert.That(() => Onnx.Gradients.Of(loss, [x]), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3014").And.Message.Contains("'reflect'"));
    }

    [Test]
    public void Of_a_loaded_graph_without_shapes_infers_them()
    {
        var graph = new Graph("written", 17);
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 2, 3);
        var flat = graph.Add("Reshape", [x, Join(graph, x)], ElementType.Undefined);
        var loss = graph.Add("ReduceMean", [graph.Add("Gemm", [flat, graph.Constant(Tensor.Of([1f, 2, 3, 4, 5, 6], 6, 1), "weight")], ElementType.Undefined)], ElementType.Undefined, null, [("keepdims", 0L)]);
        graph.Output("loss", loss);
        var loaded = OnnxFile.Load(OnnxFile.ToBytes(graph));
        Assert.That(loaded[flat.Name].Shape, Is.Null, "the file does not say");
        loaded.Output("gradient", Onnx.Gradients.Of(loaded["loss"], [loaded["weight"]])[0]);
        Assert.That(loaded[flat.Name].Shape, Is.EqualTo(new[] { Dimension.Batch, 6 }));
        var all = GraphRun.All(OnnxFile.ToBytes(loaded), ("x", new float[] { 1, 2, 3, 4, 5, 6, 1, 0, 1, 0, 1, 0 }, [2, 2, 3]));
        Assert.That(all[1].Elements, Is.EqualTo(new[] { 1f, 1, 2, 2, 3, 3 }));

        static Value Join(Graph graph, Value x) => graph.Add(
            "Concat", [graph.Add("Gather", [graph.Add("Shape", [x], ElementType.Undefined), graph.Constant(Tensor.Of([0L], 1))], ElementType.Undefined), graph.Constant(Tensor.Of([-1L], 1))], ElementType.Undefined, null, [("axis", 0L)]);
    }

    [Test]
    public void Weights_are_the_constants_that_the_loss_depends_on_in_order_of_use()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 2);
        var second = graph.Constant(Tensor.Of([1f, 2], 2, 1), "second");
        var first = graph.Constant(Tensor.Of([1f, 2, 3, 4], 2, 2), "first");
        graph.Constant(Tensor.Of([1f], 1), "unused");
        var loss = (x.MatMul(first) * 0.5f).Relu().MatMul(second).Reshape(-1).ReduceSum() + graph.Constant(Tensor.Of([2f], 1), "step").Floor();
        Assert.That(Onnx.Gradients.Weights(loss).Select(weight => weight.Name), Is.EqualTo(new[] { "first", "second" }));
    }

    private static Array Run(Graph graph, Value gradient, float[] x)
    {
        graph.Output("gradient", gradient);
        return GraphRun.First(graph, ("x", x, x.Length == 1 ? [] : [x.Length])).Elements;
    }
}
