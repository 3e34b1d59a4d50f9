namespace ModelTraining.Onnx;

/// <summary>A product of rows and weights with its bias, which a graph writes as Gemm, as MatMul, or as MatMul and Add: in the form of a graph that is trained, one node.</summary>
/// <param name="Input">The name of the rows.</param>
/// <param name="Weight">The name of the weights.</param>
/// <param name="Transposed">Whether the weights are [units, features].</param>
/// <param name="Bias">The name of the bias; null where there is none.</param>
internal sealed record ProductForm(string Input, string Weight, bool Transposed = false, string? Bias = null)
{
    /// <summary>The products of a graph that <see cref="TrainingKernels.TakeProduct"/>, by the name of their result; null for a result that is only part of another's.</summary>
    /// <param name="form">The form, whose values are known.</param>
    /// <param name="training">What it is made of.</param>
    public static Dictionary<string, ProductForm?> Find(Graph form, TrainingGraph training)
    {
        var found = new Dictionary<string, ProductForm?>(StringComparer.Ordinal);
        var uses = training.Graph.Nodes.SelectMany(Graph.Uses).Concat(training.Graph.Outputs.Select(output => output.Name)).Append(training.Loss).CountBy(name => name).ToDictionary();
        foreach (var node in training.Graph.Nodes)
        {
            switch (node)
            {
                case { OpType: "MatMul", Domain: "" } when TrainingKernels.TakeProduct(form[node.Inputs[0]], form[node.Inputs[1]]):
                    found[node.Outputs[0]] = new ProductForm(node.Inputs[0], node.Inputs[1]);
                    break;
                case { OpType: "Gemm", Domain: "" } when TakeGemm(node):
                    found[node.Outputs[0]] = new ProductForm(node.Inputs[0], node.Inputs[1], node.Whole("transB", 0) != 0, node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? node.Inputs[2] : null);
                    break;
                case { OpType: "Add", Domain: "" }:
                    for (var i = 0; i < 2; i++)
                    {
                        var (sum, bias) = (node.Inputs[i], node.Inputs[1 - i]);
                        if (found.GetValueOrDefault(sum) is not { Bias: null } product || uses[sum] > 1 || !IsBias(bias, product)) continue;
                        (found[sum], found[node.Outputs[0]]) = (null, product with { Bias = bias });
                        break;
                    }

                    break;
            }
        }

        return found;

        bool IsBias(string name, ProductForm product) => form[name].Shape is [{ IsKnown: true, Size: var size }] && size == form[product.Weight].Shape![product.Transposed ? 0 : 1].Size;

        bool TakeGemm(Node node)
        {
            var transposed = node.Whole("transB", 0) != 0;
            if (node.Whole("transA", 0) != 0 || node.Number("alpha", 1) != 1 || !TrainingKernels.TakeProduct(form[node.Inputs[0]], form[node.Inputs[1]], transposed)) return false;
            return node.Inputs.Count < 3 || node.Inputs[2].Length == 0 || (node.Number("beta", 1) == 1 && IsBias(node.Inputs[2], new ProductForm(node.Inputs[0], node.Inputs[1], transposed)));
        }
    }
}
