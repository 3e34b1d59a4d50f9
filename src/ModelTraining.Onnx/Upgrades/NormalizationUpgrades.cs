namespace ModelTraining.Onnx;

/// <summary>Batch normalisation and Dropout, whose training forms were told apart in other ways.</summary>
internal static class NormalizationUpgrades
{
    /// <summary>What training gave out beside the result is left out.</summary>
    public static void Batch(UpgradedNode node)
    {
        if (node.Node.Whole("spatial", 1) == 0) throw node.Unsupported("normalises each position by itself ('spatial' 0)", "No operator does so since opset 9: export the model anew.");
        if (Enumerable.Range(1, Math.Max(0, node.Node.Outputs.Count - 1)).Any(node.IsUsed)) throw node.Unsupported("hands on what it measured in training", "Export the model for inference.");
        node.Replace("BatchNormalization", node.Node.Inputs, ["spatial", "is_test", "consumed_inputs"], outputs: 1);
    }

    public static void Dropout(UpgradedNode node)
    {
        if (node.IsUsed(1)) throw node.Unsupported("hands on its mask", "Export the model for inference.");
        node.Replace("Dropout", [node.Node.Inputs[0], node.Number("ratio", node.Node.Number("ratio", 0.5f))], ["ratio", "is_test", "consumed_inputs"], outputs: 1);
    }
}
