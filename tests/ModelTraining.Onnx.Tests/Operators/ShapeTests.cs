using ModelTraining.Onnx;

namespace ModelTraining.Tests.Operators;

internal sealed class ShapeTests
{
    private static readonly Dimension Unknown = new(-1);

    private static IEnumerable<TestCaseData> Known()
    {
        yield return Case("a sum of batches", (x, y) => x + y, [Dimension.Batch, 3], [3], [Dimension.Batch, 3]);
        yield return Case("a sum with an unknown size", (x, y) => x + y, [Unknown, 3], [2, 1], [2, 3]);
        yield return Case("a sum of two unknown sizes", (x, y) => x + y, [Unknown], [Dimension.Batch], [Unknown]);
        yield return Case("one by the batch", (x, y) => x * y, [1, 3], [Dimension.Batch, 1], [Dimension.Batch, 3]);
        yield return Case("a product of matrices", (x, y) => x.MatMul(y), [Dimension.Batch, 3], [3, 4], [Dimension.Batch, 4]);
        yield return Case("a product with a vector", (x, y) => x.MatMul(y), [5, 2, 3], [3], [5, 2]);
        yield return Case("a product of batches", (x, y) => x.MatMul(y), [Dimension.Batch, 1, 2, 3], [8, 3, 4], [Dimension.Batch, 8, 2, 4]);
        yield return Case("columns side by side", (x, y) => Value.Concat([x, y], 1), [Dimension.Batch, 3], [Unknown, 4], [Dimension.Batch, 7]);
        yield return Case("rows after rows", (x, y) => Value.Concat([x, y], 0), [Dimension.Batch, 3], [2, 3], [Unknown, 3]);
        yield return Case("a column of a list", (x, _) => x.Reshape(-1, 1), [Dimension.Batch], [], [Dimension.Batch, 1]);
        yield return Case("a batch flattened", (x, _) => x.Reshape(0, -1), [Dimension.Batch, 3, 4], [], [Dimension.Batch, Unknown]);
        yield return Case("what is left over", (x, _) => x.Reshape(-1, 4), [6, 2], [], [3, 4]);
        yield return Case("a slice of the batch", (x, _) => x.Slice(0, 2, 0), [Dimension.Batch, 3], [], [Unknown, 3]);
        yield return Case("a slice past the end", (x, _) => x.Slice(-9, 9, 1), [2, 3], [], [2, 3]);
        yield return Case("an empty slice", (x, _) => x.Slice(2, 1, 1), [2, 3], [], [2, 0]);
        yield return Case("a mean", (x, _) => x.ReduceMean([-1]), [Dimension.Batch, 3], [], [Dimension.Batch, 1]);
    }

    [TestCaseSource(nameof(Known))]
    public void Operators_foretell_the_shape(Func<Value, Value, Value> build, Dimension[] x, Dimension[] y, Dimension[] expected)
    {
        var graph = new Graph();
        var value = build(graph.Input("x", ElementType.Float, x), graph.Input("y", ElementType.Float, y));
        Assert.That(value.Shape, Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("MT3100", (x, y) => x + y, [2, 3], [2, 4]);
        yield return Case("MT3100", (x, y) => x.MatMul(y), [2, 3], [4, 2]);
        yield return Case("MT3100", (x, y) => x.MatMul(y), [2, 2, 3], [3, 3, 2]);
        yield return Case("MT3100", (x, y) => x.Gemm(y), [2, 3], [4, 2]);
        yield return Case("MT3100", (x, y) => x.Gemm(y), [2, 3], [3]);
        yield return Case("MT3100", (x, y) => x.Gemm(x.Reshape(3, 2), y), [2, 3], [3]);
        yield return Case("MT3100", (x, y) => Value.Concat([x, y], 1), [2, 3], [4, 3]);
        yield return Case("MT3100", (x, y) => Value.Concat([x, y], 0), [2, 3], [3]);
        yield return Case("MT3100", (x, _) => x.Reshape(4, -1), [2, 3], []);
        yield return Case("MT3100", (x, _) => x.Reshape(7), [2, 3], []);
        yield return Case("MT3100", (x, _) => x.Squeeze(0), [2, 3], []);
        yield return Case("MT3100", (x, _) => x.Expand(3, 3), [2, 3], []);
        yield return Case("MT3100", (x, _) => x.Split(1, 1, 1)[0], [2, 3], []);
        yield return Case("MT3102", (x, _) => x.ReduceSum([2]), [2, 3], []);
        yield return Case("MT3102", (x, _) => x.Softmax(-3), [2, 3], []);
        yield return Case("MT3102", (x, y) => x.Gather(y.Cast(ElementType.Int64), 2), [2, 3], []);
        yield return Case("MT3102", (x, _) => x.Transpose(0, 0), [2, 3], []);
        yield return Case("MT3101", (x, y) => x.Gather(y), [2, 3], []);
        yield return Case("MT3101", (x, y) => x + y.Cast(ElementType.Int64), [2, 3], [3]);
        yield return Case("MT3101", (x, _) => x.And(x), [2, 3], []);
        yield return Case("MT3101", (x, _) => x.Cast(ElementType.String).Equal(x.Cast(ElementType.String)), [2, 3], []);
        yield return Case("MT3101", (x, _) => x.Cast(ElementType.Int64) + 0.5f, [2, 3], []);
        yield return Case("MT3101", (x, _) => x.LabelEncoder(["a"], [1f]), [2, 3], []);
    }

    [TestCaseSource(nameof(Wrong))]
    public void Operators_say_what_does_not_fit(string id, Func<Value, Value, Value> build, Dimension[] x, Dimension[] y)
    {
        var graph = new Graph();
        graph.Input("x", ElementType.Float, x);
        graph.Input("y", ElementType.Float, y);
        var nodes = graph.Nodes.Count;
        var problem = Assert.Throws<ModelTrainingException>(() => build(graph["x"], graph["y"]))!;
        Assert.That(problem.Id, Is.EqualTo(id));
        Assert.That(problem.Message, Does.Contain("x: Float[2").Or.Contain("x: Float[2, 3]").Or.Contain("Reshape_").Or.Contain("Cast_").Or.Contain("y: "), "the value is named");
    }

    [Test]
    public void Operators_on_values_of_unknown_shape_foretell_none()
    {
        var graph = new Graph();
        var value = graph.Add("Foreign", [graph.Input("x", ElementType.Float, 2)], ElementType.Float);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((value + 1f).Shape, Is.Null);
            Assert.That(value.MatMul(value).Shape, Is.Null);
            Assert.That(value.ReduceSum([1]).Shape, Is.Null);
            Assert.That(Value.Concat([value, graph["x"]], 0).Shape, Is.Null);
        }
    }

    [Test]
    public void TreeEnsemble_that_is_not_whole_is_an_error()
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 1);
        var trees = new TreeEnsemble();
        Assert.That(() => x.TreeEnsembleRegressor(trees), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT3103"));
        trees.BeginTree();
        trees.AddBranch(0, 0, 1, 1, 2);
        trees.AddLeaf(1, 1f);
        Assert.That(() => x.TreeEnsembleRegressor(trees), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("1 and 2"));
        trees.AddLeaf(2, 1f);
        Assert.That(() => x.TreeEnsembleRegressor(trees), Throws.Nothing);
        trees.AddLeaf(2, 1f);
        Assert.That(() => x.TreeEnsembleRegressor(trees), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("two nodes 2"));
    }

    private static TestCaseData Case(string name, Func<Value, Value, Value> build, Dimension[] x, Dimension[] y, Dimension[] expected) =>
        new TestCaseData(build, x, y, expected).SetArgDisplayNames(name);

    private static TestCaseData Case(string id, Func<Value, Value, Value> build, Dimension[] x, Dimension[] y) =>
        new TestCaseData(id, build, x, y).SetArgDisplayNames(id, string.Join(",", x), string.Join(",", y));
}
