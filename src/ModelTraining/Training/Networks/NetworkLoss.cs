using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The loss of a table's network: the mean over the rows, by their weights where they have some.</summary>
internal static class NetworkLoss
{
    /// <param name="raw">[batch, outputs]: scores before the softmax, or the standardised number.</param>
    /// <param name="target">[batch]: classes, or numbers as they are.</param>
    /// <param name="weights">[batch]; null when all rows count alike.</param>
    /// <param name="scale">Mean and deviation of the number.</param>
    public static Value Of(Value raw, Value target, Value? weights, TargetScale? scale)
    {
        var rows = scale is null ? CrossEntropy(raw, target) : SquaredError(raw, target, scale);
        return weights is null ? rows.ReduceMean(keepDims: false) : (rows * weights).ReduceSum(keepDims: false) / weights.ReduceSum(keepDims: false);
    }

    private static Value CrossEntropy(Value scores, Value classes)
    {
        var logs = scores.Graph.Add("LogSoftmax", [scores], ElementType.Float, scores.Shape, [("axis", 1)]);
        return -logs.Graph.Add("GatherElements", [logs, classes.Unsqueeze(1)], ElementType.Float, [Dimension.Batch, 1], [("axis", 1)]).Reshape(-1);
    }

    private static Value SquaredError(Value number, Value target, TargetScale scale)
    {
        var error = number.Reshape(-1) - ((target - (float)scale.Mean) / (float)scale.Deviation);
        return error * error;
    }
}
