namespace ModelTraining.Onnx;

/// <summary>
/// Automatic differentiation of a graph, in reverse (Griewank and Walther, "Evaluating Derivatives", 2008, chapter 3): the nodes that compute the
/// gradients are appended to the graph, so that one run gives loss and gradients on the stock ONNX Runtime.
/// </summary>
public static class Gradients
{
    /// <summary>
    /// The gradients of <paramref name="loss"/> with respect to <paramref name="values"/>, one of the same shape for each. Only nodes on a path from one of
    /// them to the loss are differentiated. Nodes whose operators have optional outputs that a gradient needs (the mask of Dropout, the mean of
    /// LayerNormalization) are given these; types and shapes that a file left out are inferred, and an If whose condition follows from them is replaced by its branch.
    /// </summary>
    /// <param name="loss">A floating-point value of one element.</param>
    /// <param name="values">Constants, inputs or results of nodes that <paramref name="loss"/> depends on.</param>
    /// <exception cref="ModelTrainingException">
    /// MT3010: <paramref name="loss"/> is not one floating-point number. MT3011: it does not depend on one of <paramref name="values"/>. MT3012: an operator on the
    /// path has no gradient; the message names the node and what to freeze. MT3013: a gradient needs a rank or size that is not known. MT3014: an operator has a
    /// gradient, but not with the attributes or opset of this node. MT3100-3102: shapes or types of the graph do not fit.
    /// </exception>
    public static IReadOnlyList<Value> Of(Value loss, IReadOnlyList<Value> values)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(values);
        foreach (var value in values)
        {
            if (value.Graph != loss.Graph) throw new ArgumentException($"Value '{value.Name}' belongs to another graph than the loss.", nameof(values));
        }

        OldOpsets.Raise(loss.Graph);
        BranchInlining.Apply(loss.Graph);
        if (!Differentiable(loss.Type)) throw new ModelTrainingException("MT3010", $"A loss is one floating-point number, not {loss}. Cast it.");
        if (loss.Shape is { } shape && shape.Any(size => size is not { Size: 1 }))
        {
            throw new ModelTrainingException("MT3010", $"A loss is one floating-point number, not {loss}. Reduce it, for example by ReduceMean.");
        }

        var pass = new BackwardPass(loss.Graph, 0, values);
        pass.Seed(loss, Broadcasting.Full(loss, 1));
        pass.Run();
        return [.. values.Select(value => pass.Gradient(value) ?? throw new ModelTrainingException(
            "MT3011", $"The loss '{loss.Name}' does not depend on {value}, or only through whole numbers, comparisons or shapes. Leave it out of what is trained."))];
    }

    /// <summary>
    /// What there is to train: the floating-point constants of at least one dimension that <paramref name="loss"/> depends on, the running statistics of
    /// BatchNormalization aside, in the order in which the graph uses them. Those that a branch of an If holds itself are taken out of it, into the graph.
    /// </summary>
    /// <param name="loss">The value whose weights are asked for.</param>
    public static IReadOnlyList<Value> Weights(Value loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        BranchInlining.Apply(loss.Graph);
        BranchWeights.Hoist(loss.Graph);
        return TrainableConstants.Of(loss);
    }

    /// <summary>Whether a value of this type can have a gradient; one whose type is not known is taken to.</summary>
    internal static bool Differentiable(ElementType type) =>
        type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16 or ElementType.Undefined;
}
