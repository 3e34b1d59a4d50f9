namespace ModelTraining.Onnx;

/// <summary>
/// Rules take a node to be as the specification has it. One of a damaged file, with lists that are too short, steps of 0 or sizes beyond all bounds, ends in one of a few exceptions of arithmetic and of
/// collections: they are brought into the form in which the file and the node are named.
/// </summary>
internal static class NodeProblem
{
    /// <summary>Whether an exception is what a node ends in that makes no sense.</summary>
    public static bool IsIt(Exception exception) =>
        exception is ArgumentException or IndexOutOfRangeException or ArithmeticException or InvalidCastException or InvalidOperationException or KeyNotFoundException or NullReferenceException;

    /// <summary>The error that names the node.</summary>
    public static ModelTrainingException Of(Graph graph, Node node, Exception exception) => new(
        [new Problem("MT3112", $"The attributes of {node.OpType}, or what it is given, make no sense ({exception.Message}). The file is damaged: copy or export it anew.")],
        $"node '{node.Name}' of graph '{graph.Name}'",
        exception);
}
