namespace ModelTraining.Onnx;

/// <summary>Gradients of rows by weights and bias, in the form of a graph that is trained.</summary>
internal static class ProductRules
{
    public static void Product(NodeGradient node) => Give(node, node.Gradient);

    /// <summary>Through the slope that the Gelu left: where nothing but a product takes the Gelu, in the pass that makes its gradient.</summary>
    public static void Gelu(NodeGradient node)
    {
        var (d, slope) = (node.Gradient, node.Output(1));
        var users = node.Graph.Nodes.Where(other => other.Inputs.Contains(node.Output().Name)).ToList();
        var isOfOneProduct = users.TrueForAll(other => other.OpType is TrainingKernels.Product or TrainingKernels.WeightGradient) && users.Count(other => other.OpType == TrainingKernels.Product) == 1;
        if (isOfOneProduct && node.Graph.Nodes.FirstOrDefault(other => other.Outputs[0] == d.Name) is { OpType: TrainingKernels.Product } product)
        {
            node.Graph.Replace(product, [new Node(product.Name, TrainingKernels.ProductTimes, product.Domain, [.. product.Inputs, slope.Name], product.Outputs, product.Attributes)]);
            Give(node, d);
        }
        else Give(node, d * slope);
    }

    private static void Give(NodeGradient node, Value d)
    {
        var (x, weight) = (node.Input(0), node.Input(1));
        var transposed = node.Whole("transB", 0) != 0;
        node.Give(0, () => TrainingKernels.AddProduct(d, weight, transB: !transposed));
        if (transposed || !node.Needs(1))
        {
            node.Give(1, () => TrainingKernels.AddWeightGradient(d, x, sums: false).Product);
            node.GiveSummed(2, () => d);
            return;
        }

        var (towardsWeight, towardsBias) = TrainingKernels.AddWeightGradient(x, d);
        node.Give(1, () => towardsWeight);
        node.Give(2, () => towardsBias);
    }
}
