namespace ModelTraining.Onnx;

/// <summary>
/// Finds the types and shapes of a graph's values from those of its inputs and constants, shape arithmetic (Shape, Gather, Concat, ...) included. What an
/// operator without a rule gives stays as the file said it.
/// </summary>
public static class ShapeInference
{
    /// <summary>Fills in the types and shapes that are not known, in place.</summary>
    /// <param name="graph">The graph; the graphs inside its nodes are left alone.</param>
    /// <exception cref="ModelTrainingException">MT3100–3102: a node does not fit what it is given; the place is the node. MT3112: its attributes make no sense.</exception>
    public static void Infer(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Contents(graph);
    }

    /// <summary>The same, with what came to be known of lists of whole numbers and of conditions.</summary>
    internal static ListContents Contents(Graph graph)
    {
        var contents = new ListContents(graph);
        foreach (var node in graph.Nodes) Infer(graph, node, contents);
        return contents;
    }

    /// <summary>The same for one node, whose inputs are known.</summary>
    internal static void Infer(Graph graph, Node node, ListContents contents)
    {
        if (node.Domain.Length > 0 || ShapeRules.Find(node.OpType) is not { } rule) return;
        try
        {
            rule(new NodeShapes(graph, node, contents));
        }
        catch (ModelTrainingException exception) when (exception.Place is null)
        {
            throw new ModelTrainingException(exception.Problems, $"node '{node.Name}' of graph '{graph.Name}'", exception);
        }
        catch (Exception exception) when (NodeProblem.IsIt(exception))
        {
            throw NodeProblem.Of(graph, node, exception);
        }
    }
}
