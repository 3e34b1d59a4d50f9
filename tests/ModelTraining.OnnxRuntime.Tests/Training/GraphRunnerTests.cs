using System.Collections.Concurrent;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

public class GraphRunnerTests
{
    [TestCase(3, 1024)]
    [TestCase(1024 * 1024, 16)]
    [TestCase(64 * 1024 * 1024, 1)]
    public void Run_of_rows_that_take_much_memory_takes_few_at_a_time(int numbersOfRow, int expected)
    {
        var graph = new Graph();
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 1);
        graph.Output("y", x.MatMul(graph.Constant(Tensor.Of(new float[numbersOfRow], 1, numbersOfRow))).ReduceMax([1]));
        var counts = new ConcurrentBag<int>();
        var outputs = new float[expected == 1024 ? 2000 : 2 * expected];
        new GraphRunner(graph).Run(outputs.Length, 1, outputs, 2, (_, count, _) => counts.Add(count));
        Assert.That(counts.Max(), Is.EqualTo(expected));
        Assert.That(counts.Sum(), Is.EqualTo(outputs.Length));
    }

    [Test]
    public void Run_that_is_cancelled_ends_with_the_block()
    {
        var graph = new Graph();
        graph.Output("y", graph.Input("x", ElementType.Float, Dimension.Batch, 1) * 2f);
        using var cancel = new CancellationTokenSource();
        var blocks = 0;
        Assert.That(
            () => new GraphRunner(graph).Run(10_000, 1, new float[10_000], 1, (_, _, _) =>
            {
                blocks++;
                cancel.Cancel();
            }, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(blocks, Is.EqualTo(1));
    }
}
