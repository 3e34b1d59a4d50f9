namespace ModelTraining.Onnx;

/// <summary>Gradients of DepthToSpace and SpaceToDepth, as the reshapes and transposes that they are.</summary>
internal static class DepthRules
{
    public static void DepthToSpace(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var block = node.Whole("blocksize", 1);
        var (channels, height, width) = (node.Size(x, 1), node.Size(x, 2), node.Size(x, 3));
        var inner = channels / (block * block);
        var moved = node.Word("mode", "DCR") == "DCR"
            ? x.Reshape(-1, block, block, inner, height, width).Transpose(0, 3, 4, 1, 5, 2)
            : x.Reshape(-1, inner, block, block, height, width).Transpose(0, 1, 4, 2, 5, 3);
        return [moved.Reshape(-1, inner, height * block, width * block)];
    });

    public static void SpaceToDepth(NodeGradient node) => node.Compose(() =>
    {
        var x = node.Input();
        var block = node.Whole("blocksize", 1);
        var (channels, height, width) = (node.Size(x, 1), node.Size(x, 2) / block, node.Size(x, 3) / block);
        return [x.Reshape(-1, channels, height, block, width, block).Transpose(0, 3, 5, 1, 2, 4).Reshape(-1, channels * block * block, height, width)];
    });
}
