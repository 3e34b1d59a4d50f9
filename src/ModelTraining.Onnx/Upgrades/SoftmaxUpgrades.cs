namespace ModelTraining.Onnx;

/// <summary>Softmax, LogSoftmax and Hardmax: before opset 13 over all dimensions from 'axis' on together, as a matrix of two dimensions.</summary>
internal static class SoftmaxUpgrades
{
    public static void OverOneAxis(UpgradedNode node)
    {
        var (input, axis) = (node.Node.Inputs[0], node.Node.Whole("axis", 1));
        if (node.Rank(0) is { } rank)
        {
            var first = (int)(axis < 0 ? axis + rank : axis);
            // Nothing but one element comes after it in most networks.
            if (node.Input(0)!.Shape!.Skip(first + 1).All(size => size is { Size: 1 }))
            {
                node.Replace(node.Node.OpType, [input], ["axis"], [("axis", (long)first)]);
                return;
            }
        }

        var flat = node.Add("flat", "Flatten", [input], ("axis", axis));
        var result = node.Add("over", node.Node.OpType, [flat], ("axis", -1L));
        node.Replace("Reshape", [result, node.Add("shape", "Shape", [input])], ["axis"]);
    }
}
