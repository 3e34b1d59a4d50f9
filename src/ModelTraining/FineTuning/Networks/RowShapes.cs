using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The sizes of a graph's values for one row of the batch. Exports often have one dimension for rows and positions together; how many positions a row has there is
/// found by inferring the shapes for batches of two sizes.
/// </summary>
internal sealed class RowShapes
{
    private const long Fewer = 2;
    private const long More = 3;
    private readonly Graph _fewer, _more;

    /// <param name="graph">A graph whose inputs have the batch as their first dimension, and other sizes that are known.</param>
    public RowShapes(Graph graph) => (_fewer, _more) = (WithBatch(graph, Fewer), WithBatch(graph, More));

    /// <summary>[positions, sizes …] of a value that is [batch · positions, sizes …]; null where it is not, or not known.</summary>
    public long[]? Of(string value)
    {
        if (_fewer.Find(value)?.Shape is not { Count: > 0 } fewer || _more.Find(value)?.Shape is not { } more || fewer.Concat(more).Any(size => !size.IsKnown)) return null;
        var positions = fewer[0].Size / Fewer;
        var follows = fewer[0].Size == positions * Fewer && more[0].Size == positions * More && fewer.Skip(1).SequenceEqual(more.Skip(1));
        return follows ? [positions, .. fewer.Skip(1).Select(size => size.Size)] : null;
    }

    /// <summary>The sizes of a value whose batch is another dimension than the first, as in sequences of [positions, batch, width], and which; null where it is not, or not known.</summary>
    public (int Axis, long[] Sizes)? Inner(string value)
    {
        if (_fewer.Find(value)?.Shape is not { } fewer || _more.Find(value)?.Shape is not { } more || fewer.Count != more.Count || fewer.Concat(more).Any(size => !size.IsKnown)) return null;
        int[] differing = [.. Enumerable.Range(0, fewer.Count).Where(axis => fewer[axis] != more[axis])];
        return differing is [> 0 and var only] && fewer[only].Size == Fewer && more[only].Size == More ? (only, [.. fewer.Select(size => size.Size)]) : null;
    }

    private static Graph WithBatch(Graph graph, long rows)
    {
        var copy = GraphCopy.Begin(graph, new HashSet<string>());
        foreach (var input in copy.Inputs.Where(input => input.Shape is not null && !copy.Constants.ContainsKey(input.Name))) input.Shape = [rows, .. input.Shape!.Skip(1)];
        foreach (var node in graph.Nodes)
        {
            foreach (var output in node.Outputs.Where(name => name.Length > 0)) copy[output].Shape = null;
            copy.AddNode(node);
        }

        ShapeInference.Infer(copy);
        return copy;
    }
}
