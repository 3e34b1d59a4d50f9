using System.Reflection;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Operators;

internal sealed class OperatorTests
{
    [TestCaseSource(typeof(OperatorCases), nameof(OperatorCases.All))]
    public void Operator_in_ONNX_Runtime_gives_what_it_says(OperatorCase @case) => Check(@case, batch: false);

    [TestCaseSource(typeof(OperatorCases), nameof(OperatorCases.All))]
    public void Operator_on_a_batch_of_unknown_size_gives_the_same(OperatorCase @case) => Check(@case, batch: true);

    [Test]
    public void Operators_all_have_a_case()
    {
        var methods = typeof(OnnxFile).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSealed && type.Name.EndsWith("Operators", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)).Select(method => method.Name).Distinct().ToList();
        var tested = OperatorCases.All.Select(@case => @case.Name.Split(' ')[0].TrimEnd(',')).ToHashSet();
        Assert.That(methods, Has.Count.GreaterThan(40));
        Assert.That(methods.Where(method => !tested.Contains(method)), Is.Empty);
    }

    private static void Check(OperatorCase @case, bool batch)
    {
        var graph = new Graph("operator", @case.Opset);
        Dimension[] shape = [.. @case.Shape.Select(Dimension.FromInt64)];
        if (batch && shape.Length > 0) shape[0] = Dimension.Batch;
        graph.Input("x", TypeOf(@case.X), shape);
        var inputs = new List<(string, Array, long[])> { ("x", @case.X, @case.Shape) };
        if (@case.Y is { } y)
        {
            graph.Input("y", TypeOf(y.Elements), [.. y.Shape.Select(Dimension.FromInt64)]);
            inputs.Add(("y", y.Elements, y.Shape));
        }

        var value = @case.Build(graph);
        graph.Output("result", value);
        var (elements, actualShape) = GraphRun.First(graph, [.. inputs]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(elements, @case.Expected is float[] ? Is.EqualTo(@case.Expected).Within(2e-6f) : Is.EqualTo(@case.Expected));
            Assert.That(actualShape, Is.EqualTo(@case.ExpectedShape));
            Assert.That(value.Type, Is.EqualTo(TypeOf(@case.Expected)), "the type that was foretold");
            if (value.Shape is { } foretold)
            {
                Assert.That(foretold, Has.Count.EqualTo(actualShape.Length), "the rank that was foretold");
                Assert.That(foretold.Zip(actualShape).Where(pair => pair.First.IsKnown && pair.First.Size != pair.Second), Is.Empty, "the shape that was foretold");
                if (!batch && @case.Y is null) Assert.That(foretold.All(dimension => dimension.IsKnown), "the shape is known where the inputs' is");
            }
        }
    }

    private static ElementType TypeOf(Array elements) => elements switch
    {
        float[] => ElementType.Float,
        double[] => ElementType.Double,
        long[] => ElementType.Int64,
        bool[] => ElementType.Bool,
        _ => ElementType.String,
    };
}
