namespace ModelTraining.Onnx;

/// <summary>Upsample, and Resize as it was in opset 10: where an element comes from is its place divided by the scale, rounded down.</summary>
internal static class ResizeUpgrades
{
    private static readonly (string, object)[] Places = [("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")];

    public static void Resize(UpgradedNode node) => node.Replace("Resize", [node.Node.Inputs[0], "", node.Node.Inputs[1]], [], Places);

    public static void Upsample(UpgradedNode node)
    {
        var scales = node.Node.Inputs.Count > 1 ? node.Node.Inputs[1]
            : node.Node.Attributes.GetValueOrDefault("scales") is float[] given ? node.Numbers("scales", given)
            : throw node.Unsupported("says its scales as it did before opset 7", "Export the model with opset 7 or later.");
        node.Replace("Resize", [node.Node.Inputs[0], "", scales], ["scales"], Places);
    }
}
