using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>Branches whose condition is known before the graph runs come to stand in the place of their If.</summary>
internal sealed class BranchTests
{
    [TestCase(true, new[] { 3f, 3 })]
    [TestCase(false, new[] { 2f, 8 })]
    public void Of_a_constant_condition_differentiates_the_branch_that_is_taken(bool condition, float[] expected)
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var loss = If(x, graph.Constant(Tensor.Of([condition])), v => v[0] * 3f, v => v[0] * v[0]).ReduceSum(keepDims: false);
        var gradient = Onnx.Gradients.Of(loss, [x])[0];
        Assert.That(graph.Nodes.Select(node => node.OpType), Has.None.EqualTo("If"));
        Assert.That(Run(graph, gradient, [1, 4]), Is.EqualTo(expected));
    }

    [TestCase(1, true)]
    [TestCase(4, false)]
    public void Of_a_condition_on_sizes_takes_the_branch_that_fits_them(int size, bool squeezes)
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, size);
        var last = x.ShapeOf().Gather(graph.Constant(Tensor.Of([-1L], 1)));
        var fits = graph.Add("Cast", [graph.Add("Not", [graph.Add("Not", [last.Equal(1L)], ElementType.Bool)], ElementType.Bool)], ElementType.Bool, null, [("to", (long)ElementType.Bool)]);
        var result = If(x, fits, v => v[0].Graph.Add("Squeeze", [v[0], v[0].Graph.Constant(Tensor.Of([-1L], 1))], ElementType.Float), v => v[0].Tanh());
        Onnx.Gradients.Of((result * result).ReduceSum(keepDims: false), [x]);
        Assert.That(graph.Nodes.Select(node => node.OpType), Has.None.EqualTo("If"));
        Assert.That(graph[result.Name].Shape, Is.EqualTo(squeezes ? [Dimension.Batch] : new Dimension[] { Dimension.Batch, size }));
    }

    [Test]
    public void Of_a_rank_that_a_branch_before_decides_goes_on_from_there()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 3, 1);
        var squeezed = If(x, x.ShapeOf().Gather(graph.Constant(1L)).Equal(1L), v => v[0].Squeeze(1), v => v[0] * 1f);
        var rank = graph.Add("Size", [graph.Add("Shape", [squeezed], ElementType.Int64)], ElementType.Int64);
        var result = If(squeezed, graph.Add("Equal", [rank, graph.Constant(2L)], ElementType.Bool), v => v[0] * 5f, v => v[0] * 7f);
        var gradient = Onnx.Gradients.Of(result.ReduceSum(keepDims: false), [x])[0];
        graph.Output("gradient", gradient);
        Assert.That(GraphRun.First(graph, ("x", new float[] { 1, 2, 3 }, [3, 1])).Elements, Is.EqualTo(new[] { 7f, 7, 7 }));
    }

    [Test]
    public void Weights_in_a_branch_that_is_taken_are_found_and_those_in_the_other_are_not()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var (taken, left) = (graph.Constant(Tensor.Of([1f, 2], 2), "taken"), graph.Constant(Tensor.Of([3f, 4], 2), "left"));
        Value Both(Value condition) => If(x, condition, v => v[0] * v[1], v => v[0] * v[2], taken, left);
        var known = Both(graph.Constant(Tensor.Of([true]))).ReduceSum(keepDims: false);
        Assert.That(Onnx.Gradients.Weights(known).Select(weight => weight.Name), Is.EqualTo(new[] { "taken" }));
        var open = Both(x.ReduceSum(keepDims: false).Greater(0f)).ReduceSum(keepDims: false);
        Assert.That(Onnx.Gradients.Weights(open).Select(weight => weight.Name), Is.EquivalentTo(new[] { "taken", "left" }), "either may be taken when the graph runs");
    }

    /// <summary>Both hold a constant of one name; one within an If of its own; a scalar and what a branch gives out as it is are no weights.</summary>
    [Test]
    public void Weights_that_branches_hold_themselves_are_taken_out_and_the_graph_gives_what_it_gave()
    {
        var held = new Graph();
        float[] Of(string name) => name switch { "then" => [2, 3], "else" => [5, 7], _ => [11, 13] };
        var x = held.Input("x", ElementType.Float, 2);
        var positive = x.ReduceSum(keepDims: false).Greater(0f);
        Graph deep = Inside("deep", "w");
        var outer = new Graph("else");
        var w = outer.Constant(Tensor.Of(Of("else"), 2), "w");
        outer.Define("condition", ElementType.Bool, []);
        outer.AddNode(new Node("condition", "Identity", "", [positive.Name], ["condition"], new Dictionary<string, object>()));
        outer.Define("deep/y", ElementType.Float, [2]);
        outer.AddNode(new Node("deep", "If", "", ["condition"], ["deep/y"], new Dictionary<string, object> { ["then_branch"] = Inside("unused", "v"), ["else_branch"] = deep }));
        outer.Define("else/y", ElementType.Float, [2]);
        outer.AddNode(new Node("else", "Mul", "", ["deep/y", w.Name], ["else/y"], new Dictionary<string, object>()));
        outer.AddOutput(outer["else/y"]);
        var y = held.Add("If", [positive], ElementType.Float, null, [("then_branch", Inside("then", "w")), ("else_branch", outer)]);
        held.Output("loss", (y * y).ReduceSum(keepDims: false));
        var before = OnnxFile.Load(OnnxFile.ToBytes(held));

        var found = Onnx.Gradients.Weights(held["loss"]);
        Assert.That(found.Select(weight => string.Join(" ", held.Constants[weight.Name].Elements<float>().ToArray())), Is.EquivalentTo(new[] { "2 3", "5 7", "11 13", "1 1" }));
        foreach (var input in new[] { new float[] { 1, 2 }, [-1, -3] })
        {
            Assert.That(GraphRun.First(held, ("x", input, [2])).Elements, Is.EqualTo(GraphRun.First(before, ("x", input, [2])).Elements));
        }

        // x·then where the sum is positive, x·deep·else where it is not.
        var (third, elses) = (Named("11 13"), Named("5 7"));
        var gradients = Onnx.Gradients.Of(held["loss"], [Named("2 3"), third, elses]);
        for (var i = 0; i < 3; i++) held.Output($"gradient{i}", gradients[i]);
        var file = OnnxFile.Load(OnnxFile.ToBytes(held));
        using var session = new GraphSession(file);
        var results = session.RunAny([("x", new float[] { -1, -3 }, [2])]);
        Assert.That(results["gradient0"].Elements, Is.EqualTo(new float[] { 0, 0 }));
        Assert.That(results["gradient1"].Elements, Is.EqualTo(new float[] { 2 * 11 * 25, 2 * 13 * 49 * 9 }));
        Assert.That(results["gradient2"].Elements, Is.EqualTo(new float[] { 2 * 5 * 121, 2 * 7 * 169 * 9 }));

        Value Named(string elements) => found.Single(weight => string.Join(" ", held.Constants[weight.Name].Elements<float>().ToArray()) == elements);

        Graph Inside(string name, string constant)
        {
            var branch = new Graph(name);
            branch.Constant(Tensor.Of(name == "unused" ? [1, 1] : Of(name), 2), constant);
            branch.Constant(Tensor.Of([1f]), $"{name}/scalar");
            branch.Define($"{name}/scaled", ElementType.Float, [2]);
            branch.Define($"{name}/y", ElementType.Float, [2]);
            branch.AddNode(new Node($"{name}/scaled", "Mul", "", ["x", constant], [$"{name}/scaled"], new Dictionary<string, object>()));
            branch.AddNode(new Node($"{name}/y", "Mul", "", [$"{name}/scaled", $"{name}/scalar"], [$"{name}/y"], new Dictionary<string, object>()));
            branch.AddOutput(branch[$"{name}/y"]);
            return branch;
        }
    }

    [Test]
    public void Of_two_branches_that_use_one_name_keeps_them_apart()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var yes = graph.Constant(Tensor.Of([true]));
        var branch = BranchCases.Branch([x], "same", v => v[0] * 2f);
        Value Doubled() => graph.Add("If", [yes], ElementType.Float, [2], [("then_branch", branch), ("else_branch", branch)]);
        var gradient = Onnx.Gradients.Of((Doubled() + Doubled()).ReduceSum(keepDims: false), [x])[0];
        Assert.That(Run(graph, gradient, [1, 1]), Is.EqualTo(new[] { 4f, 4 }));
    }

    [Test]
    public void Of_an_If_without_its_else_says_so()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, 2);
        var loss = graph.Add("If", [x.ReduceSum(keepDims: false).Greater(0f)], ElementType.Float, [2], [("then_branch", BranchCases.Branch([x], "then", v => v[0] * 2f))]).ReduceSum(keepDims: false);
        Assert.That(() => Onnx.Gradients.Of(loss, [x]), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3110").And.Message.Contains("else_branch"));
    }

    [Test]
    public void Into_a_graph_takes_branches_along_with_what_they_take()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 2);
        var weight = graph.Constant(Tensor.Of([2f, 3], 2), "weight");
        graph.Output("y", If(x, x.ReduceSum(keepDims: false).Greater(0f), v => v[0] * v[1], v => v[0] * 1f, weight));
        var other = new Graph();
        var input = other.Input("weight", ElementType.Float, Dimension.Batch, 2);
        other.Output("result", GraphCopy.Into(graph, new Dictionary<string, Value> { ["x"] = input }, "part/")[0]);
        Assert.That(GraphRun.First(other, ("weight", new float[] { 1, 1 }, [1, 2])).Elements, Is.EqualTo(new[] { 2f, 3 }));
        Assert.That(GraphRun.First(other, ("weight", new float[] { -1, -1 }, [1, 2])).Elements, Is.EqualTo(new[] { -1f, -1 }));
    }

    private static Value If(Value x, Value condition, Func<Value[], Value> then, Func<Value[], Value> otherwise, params Value[] more)
    {
        var graph = x.Graph;
        Value[] around = [x, .. more];
        // Nothing is stated of the result's shape, as in a file.
        return graph.Add("If", [condition], ElementType.Float, null, [("then_branch", BranchCases.Branch(around, $"{condition.Name}/then", then)), ("else_branch", BranchCases.Branch(around, $"{condition.Name}/else", otherwise))]);
    }

    private static Array Run(Graph graph, Value gradient, float[] x)
    {
        graph.Output("gradient", gradient);
        return GraphRun.First(graph, ("x", x, [x.Length])).Elements;
    }
}
