namespace ModelTraining.Onnx;

/// <summary>Losses of differences and distances.</summary>
internal static class DifferenceLosses
{
    /// <summary>Keeps the root of a squared distance from 0, where it has no derivative.</summary>
    private const float Near = 1e-12f;

    public static Value Squared(Value predictions, Value targets)
    {
        var difference = predictions - targets;
        return (difference * difference).ReduceMean(keepDims: false);
    }

    /// <summary>With m = min(|d|, δ): m·(|d| − m/2).</summary>
    public static Value Huber(Value predictions, Value targets, float delta)
    {
        var distance = (predictions - targets).Abs();
        var bounded = distance.Clip(null, delta);
        return (bounded * (distance - (bounded * 0.5f))).ReduceMean(keepDims: false);
    }

    public static Value Quantile(Value predictions, Value targets, IReadOnlyList<float> quantiles)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        var levels = Emit.Fixed(predictions.Graph, Tensor.Of([.. quantiles], quantiles.Count)).Cast(predictions.Type);
        var above = targets - predictions;
        return ((levels * above) + (-above).Relu()).ReduceMean(keepDims: false);
    }

    public static Value Triplet(Value anchor, Value positive, Value negative, float margin) =>
        (Distance(anchor, positive) - Distance(anchor, negative) + margin).Relu().ReduceMean(keepDims: false);

    public static Value Contrastive(Value first, Value second, Value same, float margin)
    {
        ArgumentNullException.ThrowIfNull(same);
        var distance = Distance(first, second);
        var apart = (margin - distance).Relu();
        return ((same * distance * distance) + ((1f - same) * apart * apart)).ReduceMean(keepDims: false);
    }

    private static Value Distance(Value a, Value b)
    {
        ArgumentNullException.ThrowIfNull(a);
        var difference = a - b;
        return ((difference * difference).ReduceSum([-1], keepDims: false) + Near).Sqrt();
    }
}
