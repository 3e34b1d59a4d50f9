using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The loss of a table's network: the mean over the rows, by their weights where they have some.</summary>
internal static class NetworkLoss
{
    /// <param name="custom">A loss of the user's own; null for cross-entropy or squared error.</param>
    /// <param name="raw">[batch, outputs]: scores before the softmax, or the standardised number.</param>
    /// <param name="target">[batch]: classes, or numbers as they are.</param>
    /// <param name="weights">[batch]; null when all rows count alike.</param>
    /// <param name="scale">Mean and deviation of the number.</param>
    public static Value Of(Func<Value, Value, Value>? custom, Value raw, Value target, Value? weights, TargetScale? scale)
    {
        if (custom is not null) return Custom(custom, scale is null ? raw : raw.Reshape(-1), scale is null ? target : Standardised(target, scale));
        var rows = scale is null ? CrossEntropy(raw, target) : SquaredError(raw, target, scale);
        return weights is null ? rows.ReduceMean(keepDims: false) : (rows * weights).ReduceSum(keepDims: false) / weights.ReduceSum(keepDims: false);
    }

    private static Value Custom(Func<Value, Value, Value> custom, Value predictions, Value targets)
    {
        var given = $"The 'Loss' option is given {(targets.Type == ElementType.Int64 ? $"scores, {predictions}, and positions of classes, {targets}" : $"predictions, {predictions}, and targets, {targets}")}.";
        try
        {
            var loss = custom(predictions, targets);
            if (loss?.Graph == predictions.Graph && (loss.Shape is null || loss.Shape.All(size => size is { Size: 1 }))) return loss;
            throw new ModelTrainingException("MT3090", $"A loss is one number, and this one gives {(loss?.Graph == predictions.Graph ? loss.ToString() : "a value of another graph, or none")}. End it with ReduceMean(keepDims: false). {given}");
        }
        catch (ModelTrainingException exception) when (exception.Problems[0].Id != "MT3090")
        {
            throw new ModelTrainingException([.. exception.Problems.Select(problem => problem with { Message = $"{problem.Message} {given}" })], exception.Place, exception);
        }
    }

    private static Value CrossEntropy(Value scores, Value classes)
    {
        var logs = scores.LogSoftmax();
        return -logs.Graph.Add("GatherElements", [logs, classes.Unsqueeze(1)], ElementType.Float, [Dimension.Batch, 1], [("axis", 1)]).Reshape(-1);
    }

    private static Value SquaredError(Value number, Value target, TargetScale scale)
    {
        var error = number.Reshape(-1) - Standardised(target, scale);
        return error * error;
    }

    private static Value Standardised(Value target, TargetScale scale) => (target - (float)scale.Mean) / (float)scale.Deviation;
}
